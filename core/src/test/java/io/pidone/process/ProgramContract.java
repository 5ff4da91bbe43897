package io.pidone.process;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** Which program a child executes, and what a {@link ProcessSystem} says when there is none. */
public abstract class ProgramContract extends ProcessSystemFixture {

    @Test
    void shouldSay127WhenThereIsNoProgram() {
        assertThat(failure(quiet("no-such-program-anywhere")).shellCode()).isEqualTo(127);
        assertThat(failure(quiet("/no/such/program")).errno()).isEqualTo(Errno.ENOENT);
        assertThat(failure(quiet("/etc/passwd/program")).shellCode()).isEqualTo(127);
    }

    @Test
    void shouldSay126WhenTheFileIsNotExecutable() throws Exception {
        Path plain = Files.writeString(directory.resolve("plain"), "exit 0\n");
        assertThat(failure(quiet(plain.toString())).errno()).isEqualTo(Errno.EACCES);
        assertThat(failure(quiet(directory.toString())).shellCode()).isEqualTo(126);
        assertThat(failure(quiet("true", "x".repeat(200_000))).errno()).isEqualTo(Errno.E2BIG);
    }

    @Test
    void shouldGiveAScriptWithoutAnInterpreterToTheShell() throws Exception {
        Path script = executable("script", "[ \"$1\" = 'a b' ] && exit 42\n");
        assertThat(end(spawn(quiet(script.toString(), "a b")))).isEqualTo(ExitStatus.exited(42));
        assertThat(end(spawn(quiet(script.toString(), "a")))).isEqualTo(ExitStatus.exited(1));
        assertThat(end(spawn(quiet("./script", "a b").withDirectory(directory.toString()))))
                .isEqualTo(ExitStatus.exited(42));
    }

    @Test
    void shouldNotGiveAScriptWithAMissingInterpreterToTheShell() throws Exception {
        Path script = executable("script", "#!/no/such/interpreter\nexit 42\n");
        assertThat(failure(quiet(script.toString())).shellCode()).isEqualTo(127);
    }

    @Test
    void shouldNotGiveAFileThatIsNoTextToTheShell() throws Exception {
        String binary = executable("binary", "\0\1\2exit 42\n").toString();
        assertThat(failure(quiet(binary)).errno()).isEqualTo(Errno.ENOEXEC);
        assertThat(failure(quiet(binary)).shellCode()).isEqualTo(126);
        assertThat(failure(quiet("./binary").withDirectory(directory.toString())).errno()).isEqualTo(Errno.ENOEXEC);
    }

    @Test
    void shouldGiveAFileToTheShellWhenOnlyItsDataIsNoText() throws Exception {
        Path installer = executable("installer", "exit 42\n\0\1\2");
        assertThat(end(spawn(quiet(installer.toString())))).isEqualTo(ExitStatus.exited(42));
    }
}
