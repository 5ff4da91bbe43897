package io.pidone.cli.testing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many short containers at a time, so that a sweep over every code or signal takes seconds. */
public final class Parallel {

    private static final int AT_A_TIME = Math.max(3, Runtime.getRuntime().availableProcessors());

    private Parallel() {
    }

    /** What the function answers for each key, in the order of the keys. */
    public static <K, V> Map<K, V> map(Collection<K> keys, Function<K, V> function) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            Map<K, Future<V>> running = new LinkedHashMap<>();
            keys.forEach(key -> running.put(key, threads.submit(() -> function.apply(key))));
            Map<K, V> answers = new LinkedHashMap<>();
            for (Map.Entry<K, Future<V>> entry : running.entrySet()) {
                answers.put(entry.getKey(), entry.getValue().get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
