package dev.perch.kit.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Values of which a JVM has one, however many class loaders its tests run in: Quarkus loads test
 * classes, test resources and the application of each profile with loaders of its own, and closes
 * them, while a broker must live on.
 *
 * <p>The implementation lives in the system class loader; callers get a proxy of the interface, so
 * only types of the JDK may appear in its methods.
 */
final class OncePerJvm {
  private OncePerJvm() {}

  /**
   * The JVM's one instance.
   *
   * @param implementation an enum with the one constant {@code INSTANCE}, which has the methods of
   *     {@code type}
   */
  static <T> T get(Class<T> type, Class<?> implementation) {
    Object target = inSystemLoader(() -> instance(implementation));
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> inSystemLoader(() -> invoke(target, method, arguments))));
  }

  private static Object instance(Class<?> implementation) throws ReflectiveOperationException {
    Class<?> type =
        Class.forName(implementation.getName(), true, ClassLoader.getSystemClassLoader());
    Object[] constants = type.getEnumConstants();
    if (constants == null || constants.length != 1) {
      throw new IllegalArgumentException(type + " is not an enum of one constant");
    }
    return constants[0];
  }

  private static @Nullable Object invoke(Object target, Method method, Object[] arguments)
      throws Exception {
    Method own = target.getClass().getMethod(method.getName(), method.getParameterTypes());
    own.setAccessible(true);
    try {
      return own.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Kafka and JDBC look for their classes with the context class loader. */
  private static <V extends @Nullable Object> V inSystemLoader(Callable<V> call) {
    Thread thread = Thread.currentThread();
    ClassLoader callers = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return call.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(callers);
    }
  }
}
