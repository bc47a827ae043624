/**
 * What the machine says about itself, facet by facet, and when it has to be asked again. Counters,
 * temperatures and free memory are measurements and have no place here.
 */
@NullMarked
package dev.perch.agent.facts;

import org.jspecify.annotations.NullMarked;
