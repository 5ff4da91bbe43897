package io.pidone.process;

/** All processes that the caller can see, at about one moment. */
public interface ProcessTable {

    /**
     * Visits every process once, in no order. One that ends meanwhile may or may not be visited.
     *
     * @return false if there is no table to read ({@code /proc} is not mounted)
     */
    boolean forEach(Visitor visitor);

    /** Told of each process, as plain numbers: a scan allocates nothing per process. */
    @FunctionalInterface
    interface Visitor {

        /**
         * One process.
         *
         * @param pid its id
         * @param ppid its parent; 0 if that is outside the PID namespace
         * @param pgid its process group; 0 if outside
         * @param sid its session; 0 if outside
         * @param state one letter of proc_pid_stat(5): {@code R S D Z T t X I}
         */
        void visit(int pid, int ppid, int pgid, int sid, char state);
    }
}
