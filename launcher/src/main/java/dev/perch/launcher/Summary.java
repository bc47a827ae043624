package dev.perch.launcher;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StackState.PartState;
import dev.perch.launcher.stack.Folders;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a user wants to know once everything runs. */
final class Summary {
  private Summary() {}

  static void print(StackState state, Folders folders, PrintStream out) {
    out.println();
    List<List<String>> rows = new ArrayList<>();
    state
        .parts()
        .forEach(part -> rows.add(List.of(part.name(), part.address(), part.log().toString())));
    new Table(List.of("part", "address", "log"), rows).print(out);
    out.println();
    out.println("Credentials   " + folders.state().resolve("credentials.json"));
    out.println("Token         ./perch token --role viewer|operator|admin   (5 minutes)");
    out.println("Look          ./perch status, ./perch logs " + service(state) + " -f");
    out.println("Stop          Ctrl-C here, or ./perch down");
  }

  private static String service(StackState state) {
    return state.parts().stream()
        .filter(part -> part.kind() == Part.Kind.SERVICE)
        .map(PartState::name)
        .findFirst()
        .orElse("launcher");
  }
}
