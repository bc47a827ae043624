package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.launcher.process.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
  private static final Service INVENTORY = Service.named("inventory");
  private static final Service CERTMON = Service.named("certmon");

  @TempDir Path checkout;

  @Test
  void startsANamedServiceWithWhatItNeedsAndNoOther() throws Exception {
    // Given a checkout in which nothing but inventory is built
    build(INVENTORY.module() + "/target/quarkus-app/quarkus-run.jar");
    Settings settings =
        settings(
            List.of(INVENTORY),
            new Settings.External(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(URI.create("http://127.0.0.1/realms/other"))));

    // When it alone is wanted
    Stack stack =
        new Stack(
            settings,
            Credentials.in(settings.folders()),
            new AotCaches(settings.folders().aot(), AotCaches.Mode.OFF),
            Scratch.silence());

    // Then its broker and its database are started too
    assertThat(stack.plan().steps())
        .extracting(Step::name)
        .containsExactly("postgresql", "kafka", "databases", "inventory");
    assertThat(stack.programs())
        .extracting(JavaProgram::name)
        .containsExactlyInAnyOrder("kafka", "inventory");
  }

  @Test
  void enrolsThisMachineOnlyWhereInventoryIsStarted() throws Exception {
    build("agent/target/perch-agent.jar");

    assertThat(OwnAgent.isPossible(settings(Service.ALL, Settings.External.NONE))).isTrue();
    assertThat(OwnAgent.isPossible(settings(List.of(CERTMON), Settings.External.NONE))).isFalse();
  }

  @Test
  void knowsNoServiceButThoseThereAreAndNamesThem() {
    assertThatThrownBy(() -> Service.named("inventry"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no service named inventry; there are inventory, certmon");
  }

  private void build(String file) throws IOException {
    Path jar = checkout.resolve(file);
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
  }

  private Settings settings(List<Service> services, Settings.External external) throws IOException {
    Folders folders = new Folders(checkout, checkout.resolve("perch"));
    folders.create();
    return new Settings(folders, PortBlock.free(), services, external, Map.of(), false, true);
  }
}
