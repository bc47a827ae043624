/**
 * Notices from a transaction to all replicas: something about a host changed that its link has to
 * know. A notice only wakes; whoever gets it reads the database.
 */
@NullMarked
package dev.perch.inventory.notice;

import org.jspecify.annotations.NullMarked;
