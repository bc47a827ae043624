package dev.perch.kit.testkit;

import dev.perch.kit.embedded.Folders;
import dev.perch.kit.embedded.KafkaBroker;
import dev.perch.kit.embedded.KafkaSettings;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;

/** The one broker of the test JVM; see {@link OncePerJvm}. */
enum KafkaOfJvm implements SharedKafka {
  INSTANCE;

  private final Path folder = Scratch.folder();
  private final KafkaBroker broker = new KafkaBroker(KafkaSettings.in(folder.resolve("kafka")));

  KafkaOfJvm() {
    // A broker that fails for good must fail a test, not end the JVM of all tests.
    Exit.setExitProcedure(KafkaOfJvm::fail);
    Exit.setHaltProcedure(KafkaOfJvm::fail);
    Scratch.deleteAtExit(folder, broker::stop);
    broker.start();
  }

  @Override
  public String bootstrap() {
    return broker.bootstrap();
  }

  @Override
  public synchronized void start() {
    if (!broker.isRunning()) {
      broker.start();
    }
  }

  @Override
  public synchronized void stop() {
    broker.stop();
  }

  @Override
  public synchronized void wipe() {
    broker.stop();
    Folders.delete(broker.settings().data());
    broker.start();
  }

  private static void fail(int status, String message) {
    throw new IllegalStateException("Kafka wanted to end the JVM: " + status + " " + message);
  }
}
