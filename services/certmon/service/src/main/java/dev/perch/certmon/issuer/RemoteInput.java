package dev.perch.certmon.issuer;

import dev.perch.certmon.rule.Words;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How issuers elsewhere come in. */
final class RemoteInput {
  private static final int MOST_CONTACTS = 10;
  private static final int LONGEST_WORD = 200;
  private static final int DNS_PORT = 53;
  private static final int MOST_ORDERS = 10_000;
  private static final Set<String> TSIG =
      Set.of("hmac-sha256", "hmac-sha384", "hmac-sha512", "hmac-sha224");
  private static final Pattern CONTACT = Pattern.compile("mailto:[^@\\s?]{1,64}@[^@\\s?]{1,253}");

  private RemoteInput() {}

  static Supplier<Issuer.Acme> acme(Fields fields) {
    Value<URI> directory = fields.required("directory", Words.url(Set.of("https"), false));
    Value<List<String>> contacts =
        fields.optional(
            "contacts",
            Rules.list(
                Rules.pattern(CONTACT, "Use an address: mailto:ops@edge.example."), MOST_CONTACTS));
    Value<Boolean> terms = fields.optional("termsAgreed", Rules.bool());
    Value<String> external = fields.optional("externalKeyId", Rules.text(1, LONGEST_WORD));
    Value<String> profile = fields.optional("profile", Rules.text(1, LONGEST_WORD));
    Value<String> anchors = fields.optional("anchors", Words.certificates());
    Value<String> tls = fields.optional("tlsAnchors", Words.certificates());
    Value<Issuer.Solvers> solvers = fields.required("solvers", Rules.object(RemoteInput::solvers));
    return () ->
        new Issuer.Acme(
            directory.get(),
            contacts.orElse(List.of()),
            terms.orElse(false),
            external.orNull(),
            profile.orNull(),
            anchors.orNull(),
            tls.orNull(),
            solvers.get());
  }

  private static Supplier<Issuer.Solvers> solvers(Fields fields) {
    Value<Boolean> http = fields.optional("http01", Rules.bool());
    Value<Issuer.DnsUpdate> update =
        fields.optional("dnsUpdate", Rules.object(RemoteInput::dnsUpdate));
    Value<URI> webhook = fields.optional("dnsWebhook", Words.url(Set.of("https", "http"), true));
    Value<Boolean> tls = fields.optional("tlsAlpn01", Rules.bool());
    return () ->
        new Issuer.Solvers(http.orElse(false), update.orNull(), webhook.orNull(), tls.orNull());
  }

  private static Supplier<Issuer.DnsUpdate> dnsUpdate(Fields fields) {
    Value<String> zone = fields.required("zone", Rules.dnsName());
    Value<String> server =
        fields.required(
            "server",
            Words.parsed(
                text -> InetAddress.ofLiteral(text).getHostAddress(),
                "Use an address: 192.0.2.53."));
    Value<Long> port = fields.optional("port", Rules.integer(1, 65_535));
    Value<String> key = fields.required("keyName", Rules.dnsName());
    Value<String> algorithm =
        fields.optional(
            "keyAlgorithm",
            Words.parsed(
                RemoteInput::tsigAlgorithm, "Use hmac-sha256, -sha384, -sha512 or -sha224."));
    return () ->
        new Issuer.DnsUpdate(
            zone.get(),
            server.get(),
            Math.toIntExact(port.orElse((long) DNS_PORT)),
            key.get(),
            algorithm.orElse("hmac-sha256"));
  }

  static Supplier<Issuer.CsrApi> csrApi(Fields fields) {
    Value<URI> signing = fields.required("signing", Words.url(Set.of("https", "http"), true));
    Value<URI> revoking = fields.optional("revoking", Words.url(Set.of("https", "http"), true));
    Value<String> label = fields.optional("label", Rules.text(1, LONGEST_WORD));
    Value<String> profile = fields.optional("profile", Rules.text(1, LONGEST_WORD));
    Value<String> chain = fields.required("chain", Words.certificates());
    Value<String> tls = fields.optional("tlsAnchors", Words.certificates());
    return () ->
        new Issuer.CsrApi(
            signing.get(),
            revoking.orNull(),
            label.orNull(),
            profile.orNull(),
            chain.get(),
            tls.orNull());
  }

  static Supplier<Issuer.Rate> rate(Fields fields) {
    Value<Long> orders = fields.required("orders", Rules.integer(1, MOST_ORDERS));
    Value<Duration> per =
        fields.required("per", Words.duration(Duration.ofSeconds(1), Duration.ofDays(7)));
    return () -> new Issuer.Rate(Math.toIntExact(orders.get()), per.get());
  }

  private static String tsigAlgorithm(String text) {
    if (!TSIG.contains(text)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
