package dev.perch.inventory.link;

import dev.perch.contract.link.LinkMessage.Hello;
import java.util.concurrent.CompletableFuture;

/**
 * A hello that waits for its verdict.
 *
 * @param nonce the one this connection was challenged with
 * @param address where it comes from, for people
 */
record Application(Hello hello, String nonce, String address, CompletableFuture<Verdict> verdict) {}
