@NullMarked
package dev.perch.agent.facts;

import org.jspecify.annotations.NullMarked;
