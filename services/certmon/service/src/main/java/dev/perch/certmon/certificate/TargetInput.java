package dev.perch.certmon.certificate;

import dev.perch.certmon.rule.Words;
import dev.perch.contract.certmon.CertificateRule.Folder;
import dev.perch.contract.certmon.Target;
import dev.perch.contract.certmon.Target.Files;
import dev.perch.contract.certmon.Target.HostFolder;
import dev.perch.contract.certmon.Target.PasswordFrom;
import dev.perch.contract.certmon.Target.Pkcs12;
import dev.perch.contract.certmon.Target.Probe;
import dev.perch.contract.certmon.Target.Secret;
import dev.perch.contract.certmon.Target.StartTls;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How targets come in. */
public final class TargetInput {
  private static final int MOST_TARGETS = 20;
  private static final int MOST_WORDS = 32;
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,63}";
  private static final Pattern FILE = Pattern.compile(NAME + "(/" + NAME + "){0,7}");
  private static final Pattern FOLDER = Pattern.compile("(/" + NAME + "){2,16}");
  private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

  private static final Pattern SECRET_KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  /** A private key that others can read is none. */
  private static final Pattern KEY_MODE = Pattern.compile("0[46][04]0");

  private TargetInput() {}

  static Rule<List<Target>> targets() {
    return Rules.list(Rules.object(TargetInput::target), MOST_TARGETS);
  }

  private static Supplier<Target> target(Fields fields) {
    Value<HostFolder> host = fields.optional("host", Rules.object(TargetInput::host));
    Value<Secret> secret = fields.optional("secret", Rules.object(TargetInput::secret));
    if (fields.has("host") == fields.has("secret")) {
      fields.refuse("target.kind", "host", "Give host or secret: one of them.");
    }
    return () -> new Target(host.orNull(), secret.orNull());
  }

  private static Supplier<HostFolder> host(Fields fields) {
    Value<UUID> host = fields.required("hostId", Rules.uuid());
    Supplier<Folder> folder = folder(fields, Rules.dnsName());
    return () -> on(host.get(), folder.get(), folder.get().probe());
  }

  /** A folder of a host. */
  public static HostFolder on(UUID host, Folder folder, @Nullable Probe probe) {
    return new HostFolder(
        host,
        folder.folder(),
        folder.owner(),
        folder.group(),
        folder.mode(),
        folder.reload(),
        folder.files(),
        probe);
  }

  /**
   * A folder of any host.
   *
   * @param serverName what a probe may ask for
   */
  public static Supplier<Folder> folder(Fields fields, Rule<String> serverName) {
    Value<String> folder =
        fields.required(
            "folder",
            Rules.pattern(FOLDER, "Use an absolute path without '..', as /etc/nginx/tls/web."));
    Rule<String> account = Rules.pattern(ACCOUNT, "Use the name of a user or group of the host.");
    Value<String> owner = fields.optional("owner", account);
    Value<String> group = fields.optional("group", account);
    Value<String> mode =
        fields.optional(
            "mode", Rules.pattern(KEY_MODE, "Use 0600, 0640, 0400 or 0440: it is a private key."));
    Value<List<String>> reload =
        fields.optional("reload", Rules.list(Rules.text(1, 256), MOST_WORDS));
    Value<Files> files = fields.optional("files", Rules.object(TargetInput::files));
    Value<Probe> probe =
        fields.optional(
            "probe", Rules.object(inner -> probe(inner, Words.hostEndpoint(), serverName)));
    List<String> command = reload.orNull();
    if (command != null && command.isEmpty()) {
      fields.refuse("target.reload", "reload", "Give a command, word by word, or leave it out.");
    }
    return () ->
        new Folder(
            folder.get(),
            owner.orNull(),
            group.orNull(),
            mode.orNull(),
            reload.orNull(),
            files.orElse(Files.USUAL),
            probe.orNull());
  }

  private static Supplier<Files> files(Fields fields) {
    Rule<String> path = Rules.pattern(FILE, "Use a relative path without '..', as tls.crt.");
    Value<String> certificate = fields.optional("certificate", path);
    Value<String> key = fields.optional("key", path);
    Value<String> ca = fields.optional("ca", path);
    Files files =
        new Files(
            certificate.orElse(Files.USUAL.certificate()),
            key.orElse(Files.USUAL.key()),
            ca.orElse(Files.USUAL.ca()));
    if (Set.copyOf(List.of(files.certificate(), files.key(), files.ca())).size() < 3) {
      fields.refuse("target.files", "key", "Give three files three names.");
    }
    return () -> files;
  }

  private static Supplier<Secret> secret(Fields fields) {
    Value<String> cluster = fields.required("cluster", Rules.label());
    Value<String> namespace = fields.required("namespace", Rules.label());
    Value<String> name = fields.required("name", Rules.dnsName());
    Value<Probe> probe =
        fields.optional(
            "probe", Rules.object(inner -> probe(inner, Words.endpoint(), Rules.dnsName())));
    Value<Pkcs12> pkcs12 = fields.optional("pkcs12", Rules.object(TargetInput::pkcs12));
    return () ->
        new Secret(cluster.get(), namespace.get(), name.get(), probe.orNull(), pkcs12.orNull());
  }

  private static Supplier<Pkcs12> pkcs12(Fields fields) {
    Value<PasswordFrom> from =
        fields.optional("passwordFrom", Rules.object(TargetInput::passwordFrom));
    return () -> new Pkcs12(from.orNull());
  }

  private static Supplier<PasswordFrom> passwordFrom(Fields fields) {
    Value<String> secret = fields.required("secret", Rules.dnsName());
    Value<String> key =
        fields.required("key", Rules.pattern(SECRET_KEY, "Use a key of a Secret: password."));
    return () -> new PasswordFrom(secret.get(), key.get());
  }

  private static Supplier<Probe> probe(Fields fields, Rule<String> place, Rule<String> serverName) {
    Value<String> address = fields.required("address", place);
    Value<String> server = fields.optional("serverName", serverName);
    Value<StartTls> startTls = fields.optional("startTls", Rules.oneOf(StartTls.class));
    return () -> new Probe(address.get(), server.orNull(), startTls.orElse(StartTls.NONE));
  }
}
