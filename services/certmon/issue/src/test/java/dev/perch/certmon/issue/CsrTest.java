package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrTest {

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"RSA_3072", "RSA_4096"},
      mode = EnumSource.Mode.EXCLUDE)
  void aRequestIsReadAsItWasWritten(KeyType type) {
    KeyPair keys = type.generate();
    List<SubjectName> names =
        List.of(
            SubjectName.dns("a.example"),
            SubjectName.dns("*.b.example"),
            SubjectName.ip("192.0.2.1"),
            SubjectName.ip("2001:db8::1"),
            SubjectName.parse("uri:spiffe://edge/host"));

    Csr csr = Csr.fromPem(Csr.create(keys, "a.example", names).toPem());

    assertThat(csr.names()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(csr.commonName()).isEqualTo("a.example");
    assertThat(csr.publicKey().getEncoded()).isEqualTo(keys.getPublic().getEncoded());
    assertThat(KeyType.of(csr.publicKey())).contains(type);
  }

  @Test
  void aRequestThatSomebodyChangedIsRefused() {
    byte[] der =
        Csr.create(KeyType.P256.generate(), "", List.of(SubjectName.dns("aaaa.example"))).der();
    byte[] changed =
        new String(der, StandardCharsets.ISO_8859_1)
            .replace("aaaa.example", "bbbb.example")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> new Csr(changed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not signed by its key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns:", "dns:a..b", "dns:.a", "ip:a.example", "ip:1", "a.example", "x:y"})
  void whatIsNoNameIsRefused(String text) {
    assertThatThrownBy(() -> SubjectName.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesHaveOneSpelling() {
    assertThat(SubjectName.dns("A.Example")).isEqualTo(SubjectName.dns("a.example"));
    assertThat(SubjectName.dns("bücher.example"))
        .isEqualTo(SubjectName.dns("xn--bcher-kva.example"));
    assertThat(SubjectName.ip("2001:DB8:0:0::1")).isEqualTo(SubjectName.ip("2001:db8::1"));
    assertThat(SubjectName.parse("ip:192.0.2.1").toString()).isEqualTo("ip:192.0.2.1");
  }
}
