package dev.perch.agent.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver.Failed;
import dev.perch.agent.apply.Driver.Plan;
import dev.perch.agent.files.FileSet.Key;
import dev.perch.agent.files.FileSet.Member;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Applies one set, which has a key, and clears away what was before, or withdraws it: the program
 * the crash tests kill.
 */
final class OneCertificate {
  private OneCertificate() {}

  /** Arguments: the folder everything is in, and the generation; 0 withdraws. */
  public static void main(String[] arguments) throws IOException, Failed {
    apply(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    System.out.println("applied");
  }

  static void apply(Path top, long generation) throws IOException, Failed {
    FilesDriver driver = new FilesDriver(top.resolve("none"), state(top), new KeyStore(state(top)));
    if (generation == 0) {
      driver.withdraw("certificates.web");
      return;
    }
    Document document =
        new Document("certificates.web", generation, "files", spec(top, generation));
    Plan plan = driver.plan(document);
    if (!plan.violations().isEmpty()) {
      throw new IllegalStateException(plan.violations().toString());
    }
    if (plan.difference() != null) {
      plan.apply();
    }
    if (Boolean.TRUE.equals(plan.readBack().verified())) {
      driver.settled(document);
    }
  }

  static StateFolder state(Path top) {
    return StateFolder.at(top.resolve("state"));
  }

  static Path folder(Path top) {
    return top.resolve("state/files/web");
  }

  private static JsonNode spec(Path top, long generation) {
    Key key = new Key("k-" + generation, null, null, null, null, null, null, null);
    return Json.MAPPER.valueToTree(
        new FileSet(
            folder(top).toString(),
            List.of(
                new Member("tls.crt", "chain " + generation, null, null, null, null, null),
                new Member("tls.key", null, null, key, null, null, null)),
            null,
            List.of(),
            null));
  }
}
