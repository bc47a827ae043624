/** What services want on hosts: one document per host and aspect, carried by inventory. */
@NullMarked
package dev.perch.contract.host;

import org.jspecify.annotations.NullMarked;
