package io.pidone.process.linux;

import com.sun.management.ThreadMXBean;
import io.pidone.process.ProcessSystem;
import io.pidone.process.SpawnSpec;
import io.pidone.process.WaitResult;
import io.pidone.process.Waited;
import io.pidone.reaper.Reaper;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Reaping makes no garbage, whatever the storm. The JVM must have no other children. */
class ReaperAllocationTest {

    private static final int ZOMBIES = 200;

    private final ProcessSystem system = Linux.open().processSystem(Startup.embedded());
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int reaped;

    private final Reaper reaper = new Reaper(system, new Reaper.ReapListener() {
        @Override
        public void ended(WaitResult result) {
            reaped++;
        }

        @Override
        public void stopped(WaitResult result) {
            throw new AssertionError("nothing was stopped");
        }
    });

    @Test
    void shouldAllocateNothingPerZombie() throws Exception {
        allocatedByReaping(1);
        long one = allocatedByReaping(1);
        long many = allocatedByReaping(ZOMBIES);
        assertThat(reaped).isEqualTo(ZOMBIES + 2);
        assertThat((many - one) / ZOMBIES).as("bytes per zombie; %d for one, %d for many", one, many).isZero();
    }

    private long allocatedByReaping(int count) throws Exception {
        int[] pids = new int[count];
        for (int i = 0; i < count; i++) {
            pids[i] = system.spawn(SpawnSpec.of("true")).value();
        }
        awaitZombies(pids);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(reaper.reapZombies()).isEqualTo(Reaper.Drained.NO_CHILDREN);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void awaitZombies(int[] pids) {
        assertThat(system.peekAny(new WaitResult())).isIn(Waited.ENDED, Waited.NONE_READY);
        for (int pid : pids) {
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(1)).until(() ->
                    Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z "));
        }
    }
}
