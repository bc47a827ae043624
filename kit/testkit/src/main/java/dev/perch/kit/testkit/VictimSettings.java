package dev.perch.kit.testkit;

import dev.perch.kit.testkit.HaltPoint.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a {@link Victim} is started; every method returns changed settings. */
public record VictimSettings(
    String main,
    List<String> arguments,
    Map<String, String> properties,
    @Nullable NetworkNamespace namespace,
    @Nullable HaltPoint haltPoint) {

  public VictimSettings {
    arguments = List.copyOf(arguments);
    properties = Map.copyOf(properties);
  }

  static VictimSettings of(Class<?> main, Object... arguments) {
    return new VictimSettings(
        main.getName(),
        Arrays.stream(arguments).map(Object::toString).toList(),
        Map.of(),
        null,
        null);
  }

  /** Sets a system property. */
  public VictimSettings with(String property, String value) {
    Map<String, String> more = new LinkedHashMap<>(properties);
    more.put(property, value);
    return new VictimSettings(main, arguments, more, namespace, haltPoint);
  }

  /** Runs it in this namespace, whose packets a test may drop. */
  public VictimSettings in(NetworkNamespace network) {
    return new VictimSettings(main, arguments, properties, network, haltPoint);
  }

  /** SIGKILL at the moment it enters the method for the given time. */
  public VictimSettings killedAt(Class<?> type, String method, int entry) {
    return haltedAt(new HaltPoint(type.getName(), method, entry, Effect.KILL));
  }

  /** SIGSTOP at the moment it enters the method for the given time; it goes on when thawed. */
  public VictimSettings frozenAt(Class<?> type, String method, int entry) {
    return haltedAt(new HaltPoint(type.getName(), method, entry, Effect.FREEZE));
  }

  /** As {@link #killedAt(Class, String, int)}, for a class the test cannot see. */
  public VictimSettings killedAt(String type, String method, int entry) {
    return haltedAt(new HaltPoint(type, method, entry, Effect.KILL));
  }

  /** As {@link #frozenAt(Class, String, int)}, for a class the test cannot see. */
  public VictimSettings frozenAt(String type, String method, int entry) {
    return haltedAt(new HaltPoint(type, method, entry, Effect.FREEZE));
  }

  /** The address of this machine that the victim reaches its debugger at. */
  String debugAddress() {
    return namespace == null ? "127.0.0.1" : namespace.hostAddress();
  }

  List<String> command(@Nullable String debugger) {
    List<String> command = new ArrayList<>();
    if (namespace != null) {
      command.addAll(namespace.commandPrefix());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    if (debugger != null) {
      command.add(
          "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,quiet=y,address=" + debugger);
    }
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return command;
  }

  private VictimSettings haltedAt(HaltPoint point) {
    return new VictimSettings(main, arguments, properties, namespace, point);
  }
}
