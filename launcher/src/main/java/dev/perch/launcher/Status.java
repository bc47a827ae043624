package dev.perch.launcher;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.SerializationFeature;
import dev.perch.contract.Json;
import dev.perch.launcher.process.AotUse;
import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.ProcessId;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StackState.PartState;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.stack.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What runs, and whether it is ready: asked now, not remembered. */
final class Status implements Command {

  /**
   * @param trouble why it is not ready
   * @param dependencies of a service: what it can do without for a while
   * @param aotCache whether its JVM really uses an AOT cache
   */
  record Component(
      String name,
      String kind,
      @Nullable Long pid,
      String address,
      boolean ready,
      @Nullable String trouble,
      List<Dependency> dependencies,
      int restarts,
      boolean aotCache,
      String log) {

    static Component of(PartState part) {
      Optional<ProcessId> process = part.alive();
      Optional<String> trouble =
          process.isPresent() ? part.ready().trouble() : Optional.of("not running");
      return new Component(
          part.name(),
          name(part.kind()),
          process.map(ProcessId::pid).orElse(null),
          part.address(),
          trouble.isEmpty(),
          trouble.orElse(null),
          Dependency.of(part),
          part.restarts(),
          usesCache(part.aotCache(), process),
          part.log().toString());
    }

    private static boolean usesCache(@Nullable Path cache, Optional<ProcessId> process) {
      return cache != null && process.filter(id -> AotUse.of(id, cache)).isPresent();
    }

    private static String name(Part.Kind kind) {
      return kind.name().toLowerCase(Locale.ROOT);
    }

    private void printDependencies() {
      if (!dependencies.isEmpty()) {
        System.out.println(
            dependencies.stream()
                .map(Dependency::toString)
                .collect(joining(", ", name + " sees: ", "")));
      }
    }

    private List<String> row() {
      return List.of(
          name,
          kind,
          pid == null ? "-" : pid.toString(),
          address,
          ready ? "ready" : String.valueOf(trouble),
          Integer.toString(restarts),
          aotCache ? "used" : "-",
          log);
    }
  }

  /**
   * The answer as a whole.
   *
   * @param makingAotCaches a second stack is at work in the background and takes its share of the
   *     processors
   */
  record Answer(
      long launcherPid,
      Instant startedAt,
      String phase,
      boolean ready,
      boolean makingAotCaches,
      List<Component> components) {}

  @Override
  public Arguments.Syntax syntax() {
    return new Arguments.Syntax(Set.of(), Set.of("--json"));
  }

  @Override
  public Exit run(Folders folders, Arguments arguments) throws IOException {
    RunningStack running = RunningStack.in(folders);
    Answer answer = answer(running);
    if (arguments.has("--json")) {
      System.out.println(
          Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(answer));
    } else {
      new Table(
              List.of("part", "kind", "pid", "address", "state", "restarts", "aot", "log"),
              answer.components().stream().map(Component::row).toList())
          .print(System.out);
      answer.components().forEach(Component::printDependencies);
      if (answer.makingAotCaches()) {
        System.out.println("AOT caches are being made in the background.");
      }
    }
    return answer.ready() ? Exit.DONE : Exit.NOT_READY;
  }

  private static Answer answer(RunningStack running) {
    StackState state = running.state();
    List<Component> components = state.parts().parallelStream().map(Component::of).toList();
    return new Answer(
        state.launcher().pid(),
        state.startedAt(),
        state.phase().name().toLowerCase(Locale.ROOT),
        components.stream().allMatch(Component::ready),
        new StateFile(running.folders().training().state()).readRunning().isPresent(),
        components);
  }
}
