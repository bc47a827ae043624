package dev.perch.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Hello;
import dev.perch.contract.link.LinkMessage.Observed;
import dev.perch.contract.link.LinkMessage.Resync;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Lets an agent do once what agents do, so that the package's cache knows the classes for it.
 * Leaves a token in a folder, and the file {@code done} when the agent has done everything.
 */
final class TrainingPeer {
  private TrainingPeer() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Centre centre = new Centre(Authority.create(folder.resolve("authority"), 30))) {
      centre.beating(Duration.ofMillis(200));
      Path fresh = Files.writeString(folder.resolve("token.new"), centre.token().write());
      Files.move(fresh, folder.resolve("token"), StandardCopyOption.ATOMIC_MOVE);
      centre.await(Hello.class);
      centre.send(new Resync(List.of("cpu", "network", "kernel")));
      centre.send(files(folder.resolve("state/files/trained")));
      centre.await(Observed.class);
      centre.drop();
      centre.await(Hello.class);
      centre.send(Desired.withdrawn("backup"));
      centre.await(Observed.class);
      Files.createFile(folder.resolve("done"));
    }
  }

  private static Desired files(Path folder) {
    ObjectNode spec = Json.MAPPER.createObjectNode();
    spec.put("folder", folder.toString());
    spec.putArray("files").addObject().put("path", "a").put("text", "x");
    spec.withArray("files")
        .addObject()
        .put("path", "key.pem")
        .putObject("key")
        .put("name", "trained")
        .put("commonName", "trained");
    return new Desired("backup", 1, "files", spec);
  }
}
