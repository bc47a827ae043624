package dev.perch.inventory.link;

import dev.perch.contract.link.LinkMessage.Hello;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A hello that waits for its verdict.
 *
 * @param nonce the one this connection was challenged with
 * @param address where it comes from, for people
 * @param since when it came, as System.nanoTime
 * @param stillThere whether somebody waits for the verdict
 */
record Application(
    Hello hello,
    String nonce,
    String address,
    long since,
    BooleanSupplier stillThere,
    CompletableFuture<Verdict> verdict) {}
