/** What hosts say about themselves, in facets: what is there and what it can do, never how busy. */
@NullMarked
package dev.perch.contract.facts;

import org.jspecify.annotations.NullMarked;
