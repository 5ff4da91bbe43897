package io.pidone.cron.expression;

/**
 * Where {@code H} and {@code ~} take their values from. Equal seeds give equal values.
 *
 * @param hash for {@code H}: from something that stays, such as the host's and the entry's name
 * @param random for {@code ~}: drawn anew whenever the crontab is read
 */
public record Seeds(long hash, long random) {

    /** Both zero. */
    public static final Seeds NONE = new Seeds(0, 0);

    /** These seeds for one entry among many, so that entries of different {@code text} spread out. */
    public Seeds forEntry(String text) {
        long salt = 0;
        for (int i = 0; i < text.length(); i++) {
            salt = salt * 31 + text.charAt(i);
        }
        return new Seeds(mix(hash ^ mix(salt)), mix(random ^ mix(salt)));
    }

    /** A value from 0 to {@code bound} - 1 that depends on all bits of {@code seed} and on {@code salt}. */
    static int draw(long seed, int salt, int bound) {
        return (int) Math.floorMod(mix(seed + 0x9E3779B97F4A7C15L * (salt + 1)), (long) bound);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
