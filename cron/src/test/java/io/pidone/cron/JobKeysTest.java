package io.pidone.cron;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabReader;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.crontab.Entry;
import io.pidone.cron.expression.Dialect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

class JobKeysTest {

    private static List<Entry> entries(String file, String... lines) throws CrontabException {
        Crontab crontab = new CrontabReader(CrontabSyntax.of(Dialect.PIDONE)).parse(file, String.join("\n", lines));
        return crontab.entries();
    }

    private static List<String> keys(String... lines) throws CrontabException {
        return JobKeys.of(entries("/etc/crontab", lines));
    }

    @Test
    void shouldTakeTheNameOrWhatTheEntryIs() throws CrontabException {
        assertThat(keys("PIDONE_NAME=backup", "0 2 * * * tar", "@hourly  date"))
                .containsExactly("backup", "crontab: @hourly date");
    }

    @Test
    void shouldKeepTheKeysOfEntriesThatMove() throws CrontabException {
        List<String> before = keys("0 1 * * * a", "0 2 * * * b", "# c", "PIDONE_NAME=d", "0 4 * * * d");
        List<String> after = keys("PIDONE_NAME=d", "0 5 * * * other", "", "0 2 * * * b", "# more", "0 1 * * * a");
        assertThat(after).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void shouldTellApartWhatDiffersInAnything() throws CrontabException {
        List<String> keys = new ArrayList<>(keys("0 9 * * * report", "0 10 * * * report", "0 9 * * * mail",
                "CRON_TZ=Asia/Tokyo", "0 9 * * * report", "CRON_TZ=Europe/Berlin", "0 9 * * * report"));
        keys.addAll(JobKeys.of(entries("other", "0 9 * * * report")));
        assertThat(keys).doesNotHaveDuplicates().noneMatch(key -> key.contains("#"));
    }

    @Test
    void shouldCountEntriesThatDifferInNothing() throws CrontabException {
        assertThat(keys("* * * * * x", "* * * * * x", "* * * * * y", "* * * * * x")).containsExactly(
                "crontab: * * * * * x", "crontab: * * * * * x #2", "crontab: * * * * * y", "crontab: * * * * * x #3");
    }

    @Test
    void shouldNotTakeAKeyThatIsTheNameOfAnother() throws CrontabException {
        List<Entry> plain = entries("crontab", "* * * * * x");
        Entry first = plain.get(0);
        Entry named = new Entry(first.file(), 2, 1, Optional.of("crontab: * * * * * x"), first.schedule(),
                first.zone(), first.user(), "y", first.input(), first.environment(), first.settings());
        assertThat(JobKeys.of(List.of(first, named)))
                .containsExactly("crontab: * * * * * x #2", "crontab: * * * * * x");
    }

    @Test
    void shouldIgnoreWhereTheFileLies() throws CrontabException {
        assertThat(JobKeys.of(entries("/etc/cron.d/app", "* * * * * x")))
                .isEqualTo(JobKeys.of(entries("/mnt/cron.d/app", "* * * * * x")));
    }

    @Test
    void shouldShortenLongCommandsAndStillTellThemApart() throws CrontabException {
        String command = "\uD83D\uDE00".repeat(100_000);
        List<String> keys = keys("* * * * * " + command, "* * * * * x" + command, "* * * * * xx" + command,
                "* * * * * " + command + "1", "* * * * * " + command + "2");
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.length() < 500)
                .allMatch(key -> key.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000));
    }

    @Test
    void shouldFindManyKeysFast() throws CrontabException {
        List<Entry> one = entries("crontab", "* * * * * x");
        assertThat(new HashSet<>(JobKeys.of(Collections.nCopies(100_000, one.get(0))))).hasSize(100_000);
    }

    @Test
    void shouldGiveTheOthersTheirKeysWhenOneIsTakenOut() throws CrontabException {
        Map<String, String> commands = new HashMap<>();
        List<Entry> all = entries("crontab", "* * * * * a", "0 * * * * b", "* 1 * * * c");
        List<String> keys = JobKeys.of(all);
        all.forEach(entry -> commands.put(entry.command(), keys.get(all.indexOf(entry))));
        assertThat(JobKeys.of(List.of(all.get(2), all.get(0))))
                .containsExactly(commands.get("c"), commands.get("a"));
    }
}
