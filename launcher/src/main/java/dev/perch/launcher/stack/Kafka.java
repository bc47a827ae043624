package dev.perch.launcher.stack;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The embedded Kafka: one KRaft node. It flushes each message, because it has no replica that would
 * still hold what a power cut took from the page cache.
 */
final class Kafka {
  static final String NAME = "kafka";

  private Kafka() {}

  static String bootstrap(PortBlock ports) {
    return "127.0.0.1:" + ports.kafka();
  }

  static Part part(Settings settings, AotCaches caches) throws IOException {
    Path data = settings.folders().data(NAME);
    Files.createDirectories(data);
    PortBlock ports = settings.ports();
    JavaProgram program =
        Programs.kafka(
            List.of(
                Integer.toString(ports.kafka()),
                Integer.toString(ports.kafkaController()),
                data.toString(),
                "log.flush.interval.messages=1"));
    return new Part(
        NAME,
        Part.Kind.BROKER,
        Set.of(),
        new Part.Start(
            program.command(caches.flags(program)),
            Map.of(),
            data,
            settings.folders().log(NAME),
            program.stamp()),
        new Part.Serves(
            bootstrap(ports),
            List.of(ports.kafka(), ports.kafkaController()),
            new Probe.Kafka(ports.kafka())),
        caches.mode().stop(),
        caches.used(program));
  }
}
