package io.pidone.process.posix;

import io.pidone.process.Signal;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The signal handlers that the JVM gives away: {@code sun.misc.Signal}, found by name, since javac knows it as no part
 * of the platform. For one thread.
 */
final class JvmSignals {

    private final Class<?> handlerType;
    private final Constructor<?> named;
    private final Method handle;
    private final Object byDefault;
    private final Map<Signal, Object> earlier = new LinkedHashMap<>();

    /** Throws {@link UnsupportedOperationException} where a runtime lacks the module {@code jdk.unsupported}. */
    JvmSignals() {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            handlerType = Class.forName("sun.misc.SignalHandler");
            named = type.getConstructor(String.class);
            handle = type.getMethod("handle", type, handlerType);
            byDefault = handlerType.getField("SIG_DFL").get(null);
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException("this runtime has no sun.misc.Signal", e);
        }
    }

    /**
     * Has {@code arrival} run, in a thread of the JVM, each time the signal comes.
     *
     * @return false if the JVM keeps this signal, or the platform has none of this name
     */
    boolean take(Signal signal, Runnable arrival) {
        Object handler = Proxy.newProxyInstance(JvmSignals.class.getClassLoader(), new Class<?>[] {handlerType},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        arrival.run();
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "handler of " + signal;
                });
        try {
            Object old = handle(signal, handler);
            earlier.put(signal, old == null ? byDefault : old);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** Puts back the handlers that were there before. */
    void giveBack() {
        earlier.forEach(this::handle);
        earlier.clear();
    }

    private Object handle(Signal signal, Object handler) {
        try {
            return handle.invoke(null, named.newInstance(signal.toString().substring("SIG".length())), handler);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
