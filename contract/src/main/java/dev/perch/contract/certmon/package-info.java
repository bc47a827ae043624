/** What certmon publishes: issuers, clusters and certificates, never a private key. */
@NullMarked
package dev.perch.contract.certmon;

import org.jspecify.annotations.NullMarked;
