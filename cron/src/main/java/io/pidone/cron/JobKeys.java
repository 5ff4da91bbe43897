package io.pidone.cron;

import io.pidone.cron.crontab.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the entries of crontabs are known by across reloads and restarts: the name of an entry that has one, and for
 * others what makes them what they are, wherever they stand: file, schedule, zone, user, command and input.
 *
 * <p>So an entry that was moved is the same one, and one whose command was changed is another, unless it has a name. Of
 * entries that differ in nothing, the second has {@code #2} at its end. A file counts by its last name, since its
 * directory may be mounted elsewhere.
 */
final class JobKeys {

    /** Readable in full for nearly every command; longer ones end in a hash. */
    private static final int LONGEST = 500;
    private static final int SHOWN = 400;
    private static final int HASH_BYTES = 16;

    private JobKeys() {
    }

    /** The key of each entry, in their order; all differ. */
    static List<String> of(List<Entry> entries) {
        Set<String> names = new HashSet<>();
        entries.forEach(entry -> entry.name().ifPresent(names::add));
        Set<String> taken = new HashSet<>(names);
        Map<String, Integer> counts = new HashMap<>();
        List<String> keys = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            boolean named = entry.name().filter(names::remove).isPresent();
            String wanted = entry.name().orElseGet(() -> content(entry));
            String key = wanted;
            while (!named && !taken.add(key)) {
                key = wanted + " #" + counts.merge(wanted, 2, (count, two) -> count + 1);
            }
            keys.add(key);
        }
        return keys;
    }

    private static String content(Entry entry) {
        StringBuilder text = new StringBuilder(entry.file().substring(entry.file().lastIndexOf('/') + 1));
        text.append(": ").append(entry.schedule().text());
        entry.zone().ifPresent(zone -> text.append(' ').append(zone));
        entry.user().ifPresent(user -> text.append(' ').append(user));
        text.append(' ').append(entry.command());
        entry.input().ifPresent(input -> text.append('%').append(input));
        return text.length() <= LONGEST ? text.toString() : shortened(text.toString());
    }

    private static String shortened(String text) {
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return text.substring(0, end) + "... " + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }
}
