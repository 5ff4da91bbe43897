package io.pidone.cli.supercronic;

/**
 * Gathers lines, so that a flood of them is not as many system calls; both streams keep their common order. For one
 * thread.
 */
final class Batch implements LineWriter {

    private static final int BYTES = 64 << 10;

    private final LineWriter target;
    private final byte[] bytes = new byte[BYTES];
    private int length;
    private boolean toStderr;

    Batch(LineWriter target) {
        this.target = target;
    }

    @Override
    public void write(byte[] line, int lineLength, boolean stderr) {
        if (stderr != toStderr || length + lineLength > BYTES) {
            flush();
            toStderr = stderr;
        }
        if (lineLength > BYTES) {
            target.write(line, lineLength, stderr);
        } else {
            System.arraycopy(line, 0, bytes, length, lineLength);
            length += lineLength;
        }
    }

    @Override
    public void flush() {
        if (length > 0) {
            target.write(bytes, length, toStderr);
            length = 0;
        }
    }
}
