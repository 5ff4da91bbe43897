package io.pidone.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A group is never mistaken for everybody. */
class ProcessGroupTest {

    @Test
    void shouldNameAGroupByItsNegativeId() {
        assertThat(new ProcessGroup(2).killTarget()).isEqualTo(-2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldRefuseToNameAGroupWhenKillWouldTakeItForSomethingElse(int id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ProcessGroup(id).killTarget());
    }
}
