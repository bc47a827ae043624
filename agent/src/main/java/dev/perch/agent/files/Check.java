package dev.perch.agent.files;

import dev.perch.agent.apply.Violation;
import dev.perch.agent.files.FileSet.Key;
import dev.perch.agent.files.FileSet.Member;
import dev.perch.agent.keys.KeyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks a file set, all of it, whatever is wrong with the first member. */
final class Check {
  private static final int MOST_FILES = 1000;
  private static final int MOST_REQUESTS = 100;
  private static final int MOST_BYTES = 512 * 1024;
  private static final Set<PosixFilePermission> NOT_FOR_A_KEY =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.GROUP_READ));

  private final UserPrincipalLookupService users =
      FileSystems.getDefault().getUserPrincipalLookupService();
  private final List<Violation> violations;
  private final KeyCheck keys;

  /**
   * @param violations takes what is found
   */
  Check(KeyStore keys, List<Violation> violations) {
    this.violations = violations;
    this.keys = new KeyCheck(keys, violations);
  }

  /** What was found to be good; only of use if nothing was found to be wrong. */
  Wanted set(FileSet set) {
    List<Wanted.File> files = members(set);
    if (set.requests().size() > MOST_REQUESTS) {
      String found = set.requests().size() + " requests";
      refuse("requests.many", "/requests", found, "at most " + MOST_REQUESTS);
    }
    for (int i = 0; i < set.requests().size(); i++) {
      keys.add(set.requests().get(i), "/requests/" + i);
    }
    Wanted.Probe probe = set.probe() == null ? null : new ProbeCheck(violations).check(set.probe());
    return new Wanted(files, violations.isEmpty() ? keys.checked() : List.of(), probe);
  }

  private List<Wanted.File> members(FileSet set) {
    List<Wanted.File> files = new ArrayList<>();
    if (set.files().size() > MOST_FILES) {
      refuse("files.many", "/files", set.files().size() + " files", "at most " + MOST_FILES);
    }
    for (int i = 0; i < set.files().size(); i++) {
      files.add(member(set.files().get(i), "/files/" + i));
    }
    files.sort(Comparator.comparing(Wanted.File::path));
    long bytes =
        files.stream().mapToLong(file -> file.content() == null ? 0 : file.content().length).sum();
    if (bytes > MOST_BYTES) {
      refuse("files.large", "/files", bytes + " bytes", "at most " + MOST_BYTES);
    }
    distinct(files);
    return files;
  }

  private Wanted.File member(Member member, String at) {
    path(member.path(), at + "/path");
    long contents =
        Stream.of(member.text(), member.base64(), member.key())
            .filter(content -> content != null)
            .count();
    if (contents != 1) {
      refuse("file.content", at, contents + " contents", "send one of text, base64 and key");
    }
    Key key = member.key();
    if (key != null) {
      keys.add(key, at + "/key");
    }
    return new Wanted.File(
        member.path() == null ? "" : member.path(),
        key != null ? null : content(member, at),
        key == null ? null : key.name(),
        user(member.owner(), at + "/owner"),
        group(member.group(), at + "/group"),
        permissions(member.mode(), key != null, at + "/mode"));
  }

  private void path(@Nullable String path, String at) {
    boolean good =
        path != null
            && !path.isEmpty()
            && path.length() <= 500
            && path.chars().noneMatch(Character::isISOControl)
            && Stream.of(path.split("/", -1))
                .allMatch(
                    part ->
                        !part.isEmpty()
                            && !part.equals(".")
                            && !part.equals("..")
                            && part.getBytes(StandardCharsets.UTF_8).length <= 255);
    if (!good) {
      refuse("file.path", at, String.valueOf(path), "write a path below the set, without ..");
    }
  }

  private byte[] content(Member member, String at) {
    if (member.base64() == null) {
      return String.valueOf(member.text()).getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(member.base64());
    } catch (IllegalArgumentException e) {
      refuse("file.base64", at + "/base64", "no base64", "RFC 4648 §4");
      return new byte[0];
    }
  }

  private String user(@Nullable String name, String at) {
    if (name == null) {
      return System.getProperty("user.name");
    }
    try {
      return users.lookupPrincipalByName(name).getName();
    } catch (IOException e) {
      refuse("file.owner", at, name, "name a user of the host");
      return name;
    }
  }

  /** Empty for the group new files get. */
  private String group(@Nullable String name, String at) {
    if (name == null) {
      return "";
    }
    try {
      return users.lookupPrincipalByGroupName(name).getName();
    } catch (IOException e) {
      refuse("file.group", at, name, "name a group of the host");
      return name;
    }
  }

  private Set<PosixFilePermission> permissions(@Nullable String mode, boolean key, String at) {
    String octal = mode != null ? mode : key ? "0600" : "0644";
    if (!octal.matches("0?[0-7]{3}")) {
      refuse("file.mode", at, octal, "write it as 0644; no set-user-id");
      return Set.of();
    }
    StringBuilder words = new StringBuilder();
    octal
        .substring(octal.length() - 3)
        .chars()
        .map(digit -> digit - '0')
        .forEach(
            digit ->
                words
                    .append((digit & 4) != 0 ? 'r' : '-')
                    .append((digit & 2) != 0 ? 'w' : '-')
                    .append((digit & 1) != 0 ? 'x' : '-'));
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(words.toString());
    if (key && permissions.stream().anyMatch(NOT_FOR_A_KEY::contains)) {
      refuse("key.mode", at, octal, "a key is read by its owner and at most its group: 0640");
    }
    return permissions;
  }

  /** No two files of one path, and no file where another needs a folder. */
  private void distinct(List<Wanted.File> files) {
    Set<String> paths = new TreeSet<>();
    for (Wanted.File file : files) {
      if (!paths.add(file.path())) {
        refuse("files.twice", "/files", file.path(), "list each path once");
      }
    }
    for (String path : paths) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        if (paths.contains(path.substring(0, slash))) {
          refuse("files.nested", "/files", path, "a file cannot be a folder too");
        }
      }
    }
  }

  private void refuse(String code, String field, String found, String remedy) {
    violations.add(new Violation(code, field, found, remedy));
  }
}
