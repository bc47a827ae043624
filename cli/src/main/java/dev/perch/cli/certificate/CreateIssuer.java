package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch issuers create}. */
@Command(
    name = "create",
    description =
        "Makes an issuer: a CA with a key of its own, an ACME server, a CSR API, or one that has"
            + " certificates sign themselves.",
    footer = {
      "  perch issuers create edge --ca 'Edge CA' --permit edge.example",
      "  perch issuers create lab --self-signed",
      "  perch issuers create public --acme https://acme.example/directory --agree --http-01",
      "  perch issuers create corp --csr-api https://ca.example/api/v1/cfssl/ --chain ca.pem"
          + " --key-file key"
    })
final class CreateIssuer extends Verb {
  @Parameters(paramLabel = "NAME", description = "An RFC 1123 name: edge.")
  private String name = "";

  @Option(names = "--ca", paramLabel = "SUBJECT", description = "A CA with this common name.")
  private @Nullable String ca;

  @Option(names = "--self-signed", description = "Each certificate is signed with its own key.")
  private boolean selfSigned;

  @Option(names = "--life", paramLabel = "DURATION", description = "Of the CA: P3650D.")
  private @Nullable Duration life;

  @Option(
      names = "--longest-life",
      paramLabel = "DURATION",
      description = "Of the certificates it signs: P397D.")
  private @Nullable Duration longestLife;

  @Option(
      names = "--permit",
      paramLabel = "DOMAIN",
      description =
          "What it may sign for, and nothing else: edge.example, 192.0.2.0/24. Repeatable.")
  private List<String> permitted = List.of();

  @ArgGroup(exclusive = false, heading = "An ACME server:%n")
  private AcmeOptions acme = new AcmeOptions();

  @ArgGroup(exclusive = false, heading = "A CSR API:%n")
  private CsrApiOptions csrApi = new CsrApiOptions();

  @Option(
      names = "--orders",
      paramLabel = "N",
      description = "How many orders an issuer elsewhere is given in --per: 10.")
  private @Nullable Integer orders;

  @Option(names = "--per", paramLabel = "DURATION", description = "The time of --orders: PT10S.")
  private Duration per = Duration.ofSeconds(10);

  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    if (Stream.of(selfSigned, ca != null, acme.isAsked(), csrApi.isAsked())
            .filter(asked -> asked)
            .count()
        != 1) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "say what it is, once: --ca SUBJECT, --self-signed, --acme URL or --csr-api URL");
    }
    ObjectNode body = Json.MAPPER.createObjectNode().put("name", name);
    if (selfSigned) {
      body.put("kind", "SELF_SIGNED");
    } else if (acme.isAsked()) {
      acme.into(body);
    } else if (csrApi.isAsked()) {
      csrApi.into(body);
    } else {
      body.put("kind", "CA");
      ObjectNode authority = body.putObject("ca").put("subject", ca);
      if (life != null) {
        authority.put("life", life.toString());
      }
      if (longestLife != null) {
        authority.put("longestLife", longestLife.toString());
      }
      permitted.forEach(authority.withArray("permitted")::add);
    }
    if (orders != null) {
      body.putObject("rate").put("orders", orders).put("per", per.toString());
    }
    labels.into(body);
    Call create = Call.create("/v1/issuers", body).withReason(reason.text());
    screen.one(Certmon.of(perch).rest().send(create).body());
    return ExitCode.DONE;
  }
}
