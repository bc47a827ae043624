package dev.perch.agent.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.agent.apply.Applier;
import dev.perch.agent.files.FilesDriver;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Observed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;

/** Gets a document, applies it and has something to say: the program the crash test kills. */
final class OneDocument {
  static final String ASPECT = "backup";

  private final Path folder;
  private final StateFolder state;
  private final Mailbox mailbox;
  private final Applier applier;

  OneDocument(Path folder) {
    this.folder = folder;
    state = StateFolder.at(folder.resolve("state"));
    mailbox = new Mailbox(word -> Optional.empty(), state.folder("unconfirmed"));
    mailbox.newSession();
    applier =
        new Applier(
            List.of(new FilesDriver(folder.resolve("none"), state, new KeyStore(state))),
            state,
            mailbox::observed,
            Duration.ofHours(1),
            new SplittableRandom(1));
  }

  public static void main(String[] arguments) {
    OneDocument agent = new OneDocument(Path.of(arguments[0]));
    agent.start();
    agent.receive(arguments[1]);
    agent.awaitReport(arguments[1].equals("apply") ? 7 : 0);
    System.out.println("reported");
  }

  void start() {
    Thread.ofPlatform().daemon().start(applier);
  }

  /** What the server sends after hello: the document, unless it is held; or its withdrawal. */
  void receive(String what) {
    boolean held = applier.generations().containsKey(ASPECT);
    if (what.equals("withdraw")) {
      if (held) {
        applier.desired(Desired.withdrawn(ASPECT));
      }
    } else if (!held) {
      ObjectNode spec = Json.MAPPER.createObjectNode();
      spec.put("folder", set().toString());
      spec.putArray("files").addObject().put("path", "a").put("text", "x");
      applier.desired(new Desired(ASPECT, 7, "files", spec));
    }
  }

  Path set() {
    return folder.resolve("state/files/set");
  }

  Observed awaitReport(long generation) {
    return (Observed)
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> mailbox.next().orElse(null),
                report ->
                    report instanceof Observed observed && observed.generation() == generation);
  }
}
