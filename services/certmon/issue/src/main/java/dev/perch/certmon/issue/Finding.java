package dev.perch.certmon.issue;

/**
 * Something that {@link Issuer#check} found wrong.
 *
 * @param code stable, for programs: {@code unreachable}, {@code expired}, {@code no-account} …
 * @param detail what was found
 * @param remedy what to do about it
 */
public record Finding(String code, String detail, String remedy) {}
