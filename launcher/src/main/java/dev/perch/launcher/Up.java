package dev.perch.launcher;

import dev.perch.launcher.process.Console;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.stack.Folders;
import dev.perch.launcher.stack.Perch;
import dev.perch.launcher.stack.PortBlock;
import dev.perch.launcher.stack.Service;
import dev.perch.launcher.stack.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts everything, or what is named, and stays in the foreground; with {@code -d} it returns when
 * all is ready.
 */
final class Up implements Command {
  /** A PostgreSQL URL holds a password, and a command line can be seen by everybody. */
  private static final String POSTGRES_VARIABLE = "PERCH_POSTGRES";

  private static final String LOOK_OR_STOP = ". See ./perch status; stop it with ./perch down.";

  @Override
  public Arguments.Syntax syntax() {
    return new Arguments.Syntax(
        Set.of("--only", "--port-base", "--kafka", "--postgres", "--issuer", "--replicas"),
        Set.of("--detach", "--fresh", "--no-aot", "--no-agent"));
  }

  @Override
  public Exit run(Folders folders, Arguments arguments)
      throws IOException, InterruptedException, StartFailed {
    Settings settings = settings(folders, arguments);
    StateFile file = new StateFile(folders.state());
    folders.create();
    Optional<FileLock> lock = file.claim();
    if (lock.isEmpty()) {
      System.err.println("perch: " + alreadyRunning(file, settings));
      return Exit.WRONG_MOMENT;
    }
    try (FileLock held = lock.get()) {
      if (arguments.has("--detach")) {
        held.release();
        return new Detached(folders, arguments).run();
      }
      return inForeground(settings, arguments.has("--fresh"));
    }
  }

  private static Exit inForeground(Settings settings, boolean fresh)
      throws IOException, InterruptedException, StartFailed {
    Perch perch = new Perch(settings, new Console(System.out));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(perch), "stop"));
    try {
      perch.start(fresh);
    } catch (StartFailed e) {
      if (perch.isStopping()) {
        return Exit.DONE;
      }
      throw e;
    }
    if (!Detached.isParentOfThis()) {
      Summary.print(Objects.requireNonNull(perch.state()), settings.folders(), System.out);
    }
    new CountDownLatch(1).await();
    return Exit.DONE;
  }

  private static void stop(Perch perch) {
    try {
      perch.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String alreadyRunning(StateFile file, Settings settings) {
    return file.readRunning()
        .map(state -> alreadyRunning(state, settings.services()))
        .orElse("another launcher is at work in " + settings.folders().state() + LOOK_OR_STOP);
  }

  /** Says also which of the wanted services do not run, for a running launcher starts no others. */
  static String alreadyRunning(StackState state, List<Service> wanted) {
    String missing =
        wanted.stream()
            .map(Service::name)
            .filter(name -> state.part(name).isEmpty())
            .collect(Collectors.joining(", "));
    return "Perch runs already, process "
        + state.launcher().pid()
        + " since "
        + state.startedAt()
        + (missing.isEmpty()
            ? LOOK_OR_STOP
            : ", without "
                + missing
                + ". To have that too: ./perch down, then this again; the data stays.");
  }

  private static Settings settings(Folders folders, Arguments arguments) {
    if (!arguments.words().isEmpty()) {
      throw new UsageException("up takes no word " + arguments.words().getFirst());
    }
    return new Settings(
        folders,
        arguments.value("--port-base").map(Up::ports).orElse(PortBlock.DEFAULT),
        services(arguments),
        external(arguments),
        replicas(arguments),
        !arguments.has("--no-aot"),
        !arguments.has("--no-agent"));
  }

  /** Those that are named, or all. */
  private static List<Service> services(Arguments arguments) {
    List<Service> named =
        arguments.all("--only").stream()
            .flatMap(value -> Stream.of(value.split(",")))
            .map(Service::named)
            .toList();
    return named.isEmpty() ? Service.ALL : Service.ALL.stream().filter(named::contains).toList();
  }

  private static PortBlock ports(String base) {
    try {
      return base.equals("free") ? PortBlock.free() : new PortBlock(Integer.parseInt(base));
    } catch (NumberFormatException e) {
      throw new UsageException("--port-base takes a number or \"free\", not " + base);
    }
  }

  private static Settings.External external(Arguments arguments) {
    Optional<String> server = Optional.ofNullable(System.getenv(POSTGRES_VARIABLE));
    Map<String, String> databases = new HashMap<>();
    for (String value : arguments.all("--postgres")) {
      String[] parts = value.split("=", 2);
      if (parts.length == 2 && !parts[0].contains(":")) {
        databases.put(parts[0], parts[1]);
      } else {
        server = Optional.of(value);
      }
    }
    return new Settings.External(
        arguments.value("--kafka"),
        server,
        databases,
        arguments.value("--issuer").map(URI::create));
  }

  private static Map<String, Integer> replicas(Arguments arguments) {
    Map<String, Integer> replicas = new HashMap<>();
    for (String value : arguments.all("--replicas")) {
      String[] parts = value.split("=", 2);
      try {
        replicas.put(parts[0], Integer.parseInt(parts[parts.length - 1]));
      } catch (NumberFormatException e) {
        throw new UsageException("--replicas takes SERVICE=NUMBER, not " + value);
      }
    }
    return replicas;
  }
}
