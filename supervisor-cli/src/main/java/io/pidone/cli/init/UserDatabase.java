package io.pidone.cli.init;

import io.pidone.process.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Users and groups by /etc/passwd and /etc/group, see passwd(5), group(5): what is in the image, without the name
 * service switch.
 */
public final class UserDatabase {

    private static final int NAME = 0;
    private static final int ID = 2;
    private static final int PRIMARY_GROUP = 3;
    private static final int MEMBERS = 3;
    private static final int HOME = 5;

    private final Function<String, byte[]> files;

    /** With a reader of small files that answers nothing for one that is not there. */
    public UserDatabase(Function<String, byte[]> files) {
        this.files = files;
    }

    /** {@code NAME[:GROUP]}, each a name or a number; without a group the user's own ones. */
    Credentials find(String option, String text) throws UsageException {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Optional<String[]> row = row("/etc/passwd", user);
        int uid = row.map(cells -> Integer.parseInt(cells[ID])).orElseGet(() -> number(user));
        if (uid < 0) {
            throw new UsageException(option + ": no user '" + user + "' in /etc/passwd; give one that is there, or "
                    + "a number");
        }
        if (colon >= 0) {
            return new Credentials(uid, group(option, text.substring(colon + 1)), List.of());
        }
        return row.map(this::credentials).orElseGet(() -> new Credentials(uid, uid, List.of(uid)));
    }

    /** The user's home directory, {@code /} if there is no such user. */
    public String home(String user) {
        return row("/etc/passwd", user).filter(cells -> cells.length > HOME).map(cells -> cells[HOME])
                .filter(home -> !home.isEmpty()).orElse("/");
    }

    /** Ids and groups of a user by name; empty if there is no such user. */
    public Optional<Credentials> credentials(String user) {
        return row("/etc/passwd", user).filter(cells -> cells[NAME].equals(user)).map(this::credentials);
    }

    private Credentials credentials(String[] cells) {
        int gid = Integer.parseInt(cells[PRIMARY_GROUP]);
        List<Integer> groups = new ArrayList<>(List.of(gid));
        addMemberships(cells[NAME], groups);
        return new Credentials(Integer.parseInt(cells[ID]), gid, groups);
    }

    private int group(String option, String group) throws UsageException {
        int gid = row("/etc/group", group).map(cells -> Integer.parseInt(cells[ID])).orElseGet(() -> number(group));
        if (gid < 0) {
            throw new UsageException(option + ": no group '" + group + "' in /etc/group; give one that is there, or "
                    + "a number");
        }
        return gid;
    }

    private void addMemberships(String user, List<Integer> groups) {
        for (String[] cells : rows("/etc/group")) {
            boolean member = cells.length > MEMBERS && List.of(cells[MEMBERS].split(",")).contains(user);
            if (member && !groups.contains(Integer.parseInt(cells[ID]))) {
                groups.add(Integer.parseInt(cells[ID]));
            }
        }
    }

    private Optional<String[]> row(String file, String nameOrId) {
        for (String[] cells : rows(file)) {
            if (cells[NAME].equals(nameOrId)) {
                return Optional.of(cells);
            }
        }
        for (String[] cells : rows(file)) {
            if (cells[ID].equals(nameOrId)) {
                return Optional.of(cells);
            }
        }
        return Optional.empty();
    }

    private List<String[]> rows(String file) {
        List<String[]> rows = new ArrayList<>();
        for (String line : new String(files.apply(file), StandardCharsets.UTF_8).split("\n")) {
            String[] cells = line.split(":", -1);
            if (cells.length > PRIMARY_GROUP && number(cells[ID]) >= 0) {
                rows.add(cells);
            }
        }
        return rows;
    }

    private static int number(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(text) : -1;
    }
}
