package dev.perch.contract.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkProofTest {
  private static final UUID HOST = new UUID(1, 2);
  private static final UUID INSTANCE = new UUID(3, 4);

  @Test
  void aProofIsGoodForOneKeyServerNonceHostAndInstance() {
    KeyPair keys = AgentKeys.generate();
    var key = AgentKeys.read(AgentKeys.write(keys.getPublic()));
    var other = AgentKeys.generate().getPublic();

    String proof = LinkProof.ofHello(keys.getPrivate(), "perch", "n1", HOST, INSTANCE);

    assertThat(LinkProof.isHello(key, proof, "perch", "n1", HOST, INSTANCE)).isTrue();
    assertThat(LinkProof.isHello(other, proof, "perch", "n1", HOST, INSTANCE)).isFalse();
    assertThat(LinkProof.isHello(key, proof, "other", "n1", HOST, INSTANCE)).isFalse();
    assertThat(LinkProof.isHello(key, proof, "perch", "n2", HOST, INSTANCE)).isFalse();
    assertThat(LinkProof.isHello(key, proof, "perch", "n1", INSTANCE, INSTANCE)).isFalse();
    assertThat(LinkProof.isHello(key, proof, "perch", "n1", HOST, HOST)).isFalse();
    assertThat(LinkProof.isHello(key, "no proof", "perch", "n1", HOST, INSTANCE)).isFalse();
  }

  @Test
  void aKeyOnAnotherCurveIsNone() throws NoSuchAlgorithmException {
    var rsa = AgentKeys.write(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic());

    assertThatThrownBy(() -> AgentKeys.read(rsa)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AgentKeys.read("%")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenIsReadAsItWasWrittenAndItsSecretIsNotShown() {
    var token =
        new EnrolmentToken(
            "id-1",
            "s3cret",
            "perch",
            List.of(URI.create("https://perch.example:8443")),
            Set.of("pin"),
            Instant.ofEpochSecond(9));

    assertThat(EnrolmentToken.read(" " + token.write() + "\n")).isEqualTo(token);
    assertThat(token.toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> EnrolmentToken.read("perch1.s3cret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }
}
