package dev.perch.kit.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class ChallTestServerTest {
  @TempDir Path folder;

  @Test
  void answersWhatItWasTold() throws Exception {
    try (ChallTestServer server = new ChallTestServer(folder)) {
      server.start();
      server.addTxt("_acme-challenge.a.example", "proof");
      server.setAddresses("b.example", List.of("127.0.0.2"));

      Record text = lookup(server, "_acme-challenge.a.example", Type.TXT);
      Record byDefault = lookup(server, "a.example", Type.A);
      Record told = lookup(server, "b.example", Type.A);

      assertThat(((TXTRecord) text).getStrings()).containsExactly("proof");
      assertThat(((ARecord) byDefault).getAddress().getHostAddress()).isEqualTo("127.0.0.1");
      assertThat(((ARecord) told).getAddress()).isEqualTo(InetAddress.getByName("127.0.0.2"));
    }
  }

  private static Record lookup(ChallTestServer server, String name, int type) throws Exception {
    Lookup lookup = new Lookup(name + ".", type);
    lookup.setCache(null);
    SimpleResolver resolver = new SimpleResolver("127.0.0.1");
    resolver.setPort(server.dnsPort());
    lookup.setResolver(resolver);
    Record[] answers = lookup.run();
    assertThat(answers).as(lookup.getErrorString()).hasSize(1);
    return answers[0];
  }
}
