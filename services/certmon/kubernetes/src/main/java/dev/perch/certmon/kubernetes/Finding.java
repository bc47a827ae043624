package dev.perch.certmon.kubernetes;

/**
 * Something that {@link SecretPublisher#check} found wrong.
 *
 * @param code stable, for programs: {@code unreachable}, {@code unauthorised}, {@code forbidden} …
 * @param detail what was found
 * @param remedy what to do about it
 */
public record Finding(String code, String detail, String remedy) {}
