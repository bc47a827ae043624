package dev.perch.certmon.issue;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/**
 * The subject alternative names of a request or a certificate, as others wrote them.
 *
 * @param names those that are understood
 * @param hasOthers whether there are more, of a kind or form that is never issued here: a user's
 *     principal name, a directory name, a DNS name with odd letters
 */
record AlternativeNames(SortedSet<SubjectName> names, boolean hasOthers) {

  static AlternativeNames of(@Nullable Extensions extensions) {
    SortedSet<SubjectName> names = new TreeSet<>();
    boolean others = false;
    GeneralNames all =
        extensions == null
            ? null
            : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    if (all != null) {
      for (GeneralName each : all.getNames()) {
        Optional<SubjectName> name = read(each);
        name.ifPresent(names::add);
        others |= name.isEmpty();
      }
    }
    return new AlternativeNames(names, others);
  }

  static GeneralNames encode(Collection<SubjectName> names) {
    return new GeneralNames(
        names.stream().map(SubjectName::toGeneralName).toArray(GeneralName[]::new));
  }

  private static Optional<SubjectName> read(GeneralName name) {
    try {
      return SubjectName.of(name);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
