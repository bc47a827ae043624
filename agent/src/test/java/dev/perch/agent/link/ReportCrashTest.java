package dev.perch.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.host.Condition;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However an agent ends while it works on a document, the next one tells what became of it. */
class ReportCrashTest {
  @TempDir Path temp;
  @RegisterExtension final Victims victims = new Victims();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whatWasAppliedIsReported(int write) {
    kill("apply", "write", write);

    OneDocument next = new OneDocument(temp);
    next.start();
    next.receive("apply");

    assertThat(next.awaitReport(7).conditions())
        .isNotEmpty()
        .allSatisfy(condition -> assertThat(condition.status()).isEqualTo(Condition.Status.TRUE));
    assertThat(next.set().resolve("current/a")).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"write 1", "write 2", "delete 1", "delete 2", "delete 3"})
  void whatWasWithdrawnIsReported(String point) {
    OneDocument before = new OneDocument(temp);
    before.start();
    before.receive("apply");
    before.awaitReport(7);
    String[] words = point.split(" ");
    kill("withdraw", words[0], Integer.parseInt(words[1]));

    OneDocument next = new OneDocument(temp);
    next.start();
    next.receive("withdraw");

    assertThat(next.awaitReport(0).conditions()).isEmpty();
    assertThat(next.set().resolve("current")).doesNotExist();
  }

  private void kill(String what, String method, int entry) {
    Victim victim =
        victims.start(
            Victim.of(OneDocument.class, temp, what).killedAt(StateFolder.class, method, entry));
    victim.awaitHalt();
  }
}
