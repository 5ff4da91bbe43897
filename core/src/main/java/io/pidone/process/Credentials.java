package io.pidone.process;

import java.util.List;

/**
 * The user that a child runs as: real, effective and saved ids alike, see credentials(7).
 *
 * @param uid user id
 * @param gid primary group id
 * @param groups supplementary group ids; empty: none
 */
public record Credentials(int uid, int gid, List<Integer> groups) {

    /** Keeps its own copy. */
    public Credentials {
        groups = List.copyOf(groups);
    }
}
