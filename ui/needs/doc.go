// Package needs is where the coordinator hears what businesses lack, and finds
// the course: the interview, the list of needs with what is known of each beside
// it, the offers that fit with the reasons, and what words mean here.
package needs
