package dev.perch.kit.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The broker as a process of its own. Arguments: port, controller port, data folder, then any
 * number of {@code property=value}. Prints one line when clients may come; SIGTERM stops it in an
 * orderly way.
 */
public final class KafkaProcess {
  /** The ready line begins with this. */
  public static final String READY = "Kafka serves ";

  private KafkaProcess() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length < 3) {
      throw new IllegalArgumentException(
          "arguments: PORT CONTROLLER-PORT DATA-FOLDER [PROPERTY=VALUE]...");
    }
    KafkaSettings settings =
        KafkaSettings.in(Path.of(args[2]), Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    for (String property : Arrays.asList(args).subList(3, args.length)) {
      String[] parts = property.split("=", 2);
      settings = settings.with(parts[0], parts[1]);
    }
    KafkaBroker broker = new KafkaBroker(settings);
    broker.start();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop-kafka"));
    System.out.println(READY + broker.bootstrap());
    new CountDownLatch(1).await();
  }
}
