package io.pidone.procfs;

import io.pidone.process.ProcessTable;
import java.nio.file.Path;

/** The process table as /proc shows it; with {@code hidepid}, the part that the caller may see. For one thread. */
public final class ProcProcessTable implements ProcessTable {

    private final ProcessScan scan;

    /** Reads under {@code root}, {@code /proc} in production. */
    public ProcProcessTable(Path root) {
        scan = new ProcessScan(root);
    }

    @Override
    public boolean forEach(Visitor visitor) {
        return scan.forEach((pid, line) ->
                visitor.visit(pid, line.ppid(), line.pgid(), line.sid(), line.state()));
    }
}
