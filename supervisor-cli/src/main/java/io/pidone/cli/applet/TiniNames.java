package io.pidone.cli.applet;

import io.pidone.process.Signal;

/** What strsignal(3) of the C library calls a signal in the C locale. */
final class TiniNames {

    private static final String[] NAMES = {
        "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
        "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2",
        "Broken pipe", "Alarm clock", "Terminated", "Stack fault", "Child exited", "Continued", "Stopped (signal)",
        "Stopped", "Stopped (tty input)", "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded",
        "File size limit exceeded", "Virtual timer expired", "Profiling timer expired", "Window changed",
        "I/O possible", "Power failure", "Bad system call",
    };

    private static final int RTMIN = 34;

    private TiniNames() {
    }

    static String describe(Signal signal) {
        int number = signal.number();
        if (number <= NAMES.length) {
            return NAMES[number - 1];
        }
        return number < RTMIN ? "Unknown signal " + number : "Real-time signal " + (number - RTMIN);
    }
}
