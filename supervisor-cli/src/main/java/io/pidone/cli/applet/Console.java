package io.pidone.cli.applet;

import io.pidone.process.NativeText;
import io.pidone.process.linux.LinuxOutput;

/** Lines on stdout and stderr that never wait. */
final class Console {

    private final LinuxOutput stdout;
    private final LinuxOutput stderr;

    Console(LinuxOutput stdout, LinuxOutput stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    void out(String line) {
        write(stdout, line);
    }

    void err(String line) {
        write(stderr, line);
    }

    private static void write(LinuxOutput output, String line) {
        byte[] bytes = NativeText.encode(line + "\n");
        output.write(bytes, bytes.length);
    }
}
