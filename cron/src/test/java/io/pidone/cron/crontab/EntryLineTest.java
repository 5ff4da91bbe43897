package io.pidone.cron.crontab;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.CronSyntaxException;
import io.pidone.cron.expression.Dialect;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryLineTest {

    private static final int LAST_CHARACTER_TRIED = 0x250;

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "CRONIE", mode = EnumSource.Mode.EXCLUDE)
    void shouldKnowEveryCharacterThatAYearBeginsWith(Dialect dialect) {
        IntStream.range('!', LAST_CHARACTER_TRIED).filter(c -> !EntryLine.mayBeYear((char) c)).forEach(c -> {
            for (String rest : new String[] {"", "2030", "/2", "-2030", "030", ",2030", "@daily"}) {
                String fields = "* * * * * " + (char) c + rest;
                Assertions.assertThatThrownBy(() -> CronExpression.parse(fields, dialect)).as(fields)
                        .isInstanceOf(CronSyntaxException.class);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?", "2030", "*/2", "2030-2040", ",2030", "~2030"})
    void shouldTakeAYearBeforeTheCommand(String year) throws EntryLine.Malformed {
        EntryLine six = EntryLine.split("0 3 * * * " + year + " job 5", 0, CrontabSyntax.of(Dialect.PIDONE));
        Assertions.assertThat(six.schedule().text()).isEqualTo("0 3 * * * " + year);
        Assertions.assertThat(six.command()).isEqualTo("job 5");
        EntryLine seven = EntryLine.split("9 0 3 * * * " + year + " job 5", 0, CrontabSyntax.of(Dialect.PIDONE));
        Assertions.assertThat(seven.schedule().text()).isEqualTo("9 0 3 * * * " + year);
        Assertions.assertThat(seven.command()).isEqualTo("job 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "/bin/job 2030", "2job * *", "-job", "~/job"})
    void shouldTakeTheRestForTheCommand(String command) throws EntryLine.Malformed {
        EntryLine five = EntryLine.split("0 3 * * * " + command, 0, CrontabSyntax.of(Dialect.PIDONE));
        Assertions.assertThat(five.schedule().text()).isEqualTo("0 3 * * *");
        Assertions.assertThat(five.command()).isEqualTo(command);
    }
}
