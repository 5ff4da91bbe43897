package io.pidone.procfs;

import io.pidone.process.ProcessTable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * The process table as the numbered directories of a proc file system show it, see proc_pid_stat(5).
 *
 * <p>A process that ends between the listing and the reading is left out; that is normal. For one thread.
 */
public final class ProcProcessTable implements ProcessTable {

    private final File root;
    private final byte[] buffer = new byte[1024];

    /** The table under a mount of proc, usually {@code /proc}. */
    public ProcProcessTable(String root) {
        this.root = new File(root);
    }

    @Override
    public boolean forEach(Visitor visitor) {
        String[] names = root.list();
        if (names == null) {
            return false;
        }
        boolean any = false;
        for (String name : names) {
            if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
                any |= visit(name, visitor);
            }
        }
        return any;
    }

    private boolean visit(String pid, Visitor visitor) {
        int length;
        try (FileInputStream stat = new FileInputStream(new File(root, pid + "/stat"))) {
            length = stat.read(buffer);
        } catch (IOException e) {
            return false;
        }
        int end = length - 1;
        while (end >= 0 && buffer[end] != ')') {
            end--;
        }
        if (end < 0 || end + 2 >= length) {
            return false;
        }
        // "PID (COMM) S PPID PGRP SESSION ...": the name may hold anything, so its end is the last parenthesis.
        StatFields fields = new StatFields(buffer, end + 4, length);
        int ppid = fields.next();
        int pgid = fields.next();
        int sid = fields.next();
        visitor.visit(Integer.parseInt(pid), ppid, pgid, sid, (char) buffer[end + 2]);
        return true;
    }
}
