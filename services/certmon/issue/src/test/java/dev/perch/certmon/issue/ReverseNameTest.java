package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseNameTest {
  @ParameterizedTest
  @CsvSource({
    "web.edge.example, dns:web.edge.example",
    "1.2.0.192.in-addr.arpa, ip:192.0.2.1",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa, ip:2001:db8::1"
  })
  void aNameMeansItselfOrTheAddressItIsTheReverseOf(String asked, String meant) {
    assertThat(ReverseName.meant(asked)).contains(SubjectName.parse(meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.0.192.in-addr.arpa",
        "a.2.0.192.in-addr.arpa",
        "8.b.d.0.1.0.0.2.ip6.arpa",
        "10.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
        "in-addr.arpa."
      })
  void whatIsNoReverseOfAnAddressMeansNothing(String asked) {
    assertThat(ReverseName.meant(asked)).isEmpty();
  }
}
