package dev.perch.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.Json;
import dev.perch.contract.facts.VirtualisationFacts.Kvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir Path temp;

  @Test
  void factsPrintsWhatWouldBeSent() throws IOException {
    Settings settings = Settings.read(temp.resolve("none.json"));

    String printed =
        new FactsCommand(new HostMachine().collectors(settings)).run(List.of("cpu", "memory"));

    JsonNode json = Json.MAPPER.readTree(printed);
    assertThat(json.fieldNames()).toIterable().containsExactly("cpu", "memory");
    assertThat(json.at("/cpu/logical").asInt()).isPositive();
  }

  @Test
  void factsOfAFacetThatIsNotThereSaysWhichAre() {
    FactsCommand facts =
        new FactsCommand(new HostMachine().collectors(Settings.read(temp.resolve("none.json"))));

    assertThatThrownBy(() -> facts.run(List.of("gpu"))).hasMessageContaining("virtualisation");
  }

  @Test
  void theDefaultSettingsAreThoseOfTheDocumentation() {
    assertThat(Settings.read(temp.resolve("none.json")))
        .satisfies(s -> assertThat(s.stateFolder()).hasToString("/var/lib/perch-agent"))
        .satisfies(s -> assertThat(s.allowFolder()).hasToString("/etc/perch/agent.d"))
        .satisfies(s -> assertThat(s.proxy()).isNull())
        .satisfies(s -> assertThat(s.driftSeconds()).isEqualTo(60))
        .satisfies(s -> assertThat("veth1a2b3c4").matches(s.leftOut()))
        .satisfies(s -> assertThat("eth0").doesNotMatch(s.leftOut()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"proxy\":\"http://user:secret@proxy\"}",
        "{\"driftSeconds\":0}",
        "{\"leftOutInterfaces\":\"(\"}",
        "{\"stateDirectory\":\"/x\"}",
        "[]",
        "{"
      })
  void settingsThatAreWrongAreNotUsed(String json) throws IOException {
    Path file = Files.writeString(temp.resolve("agent.json"), json);

    assertThatThrownBy(() -> Settings.read(file)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenThatIsNoneIsNotQuoted() {
    EnrolCommand enrol =
        new EnrolCommand(
            new Settings(temp.resolve("state"), temp, null, "x", 60),
            new ByteArrayInputStream("my-secret".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> enrol.run(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("my-secret");
  }

  @Test
  void aGuestRunsInAProcessOfItsOwnAndSaysHowFarItCame() throws IOException, Unavailable {
    Kvm kvm = Json.MAPPER.readValue(new GuestProcess().run(), Kvm.class);

    assertThat(kvm.usable()).isEqualTo(kvm.runsGuest()).isEqualTo(kvm.reason() == null);
    assertThat(kvm.runsGuest() && !kvm.createsVm()).isFalse();
    assertThat(Files.exists(Path.of("/dev/kvm")) || kvm.apiVersion() == null).isTrue();
  }
}
