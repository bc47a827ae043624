package dev.perch.agent.files;

import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver.Failed;
import dev.perch.agent.apply.Driver.Plan;
import dev.perch.agent.files.FileSet.Member;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Applies one set whose two files say the same: the program the crash tests kill. */
final class OneSet {
  private OneSet() {}

  /** Arguments: the folder everything is in, and what the files shall say. */
  public static void main(String[] arguments) throws IOException {
    try {
      apply(Path.of(arguments[0]), arguments[1]);
      System.out.println("applied");
    } catch (Failed e) {
      System.out.println("failed " + e.reason());
    }
  }

  static void apply(Path top, String text) throws IOException, Failed {
    Plan plan = plan(top, text);
    if (!plan.violations().isEmpty()) {
      throw new IllegalStateException(plan.violations().toString());
    }
    if (plan.difference() != null) {
      plan.apply();
    }
  }

  static Plan plan(Path top, String text) throws IOException {
    StateFolder state = StateFolder.at(top.resolve("state"));
    FilesDriver driver = new FilesDriver(top.resolve("agent.d"), state, new KeyStore(state));
    FileSet set =
        new FileSet(
            folder(top).toString(),
            List.of(member("a", text), member("deep/b", text)),
            List.of(top.resolve("reload").toString()),
            List.of(),
            null);
    return driver.plan(new Document("web", 1, "files", Json.MAPPER.valueToTree(set)));
  }

  static Path folder(Path top) {
    return top.resolve("set");
  }

  private static Member member(String path, String text) {
    return new Member(path, text, null, null, null, null, null);
  }
}
