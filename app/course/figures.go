package course

import (
	"context"
	"strings"

	"kompetansepilot/app/insight"
	"kompetansepilot/app/lang"
)

// SourceName is what the figures about courses are called in applications.
const SourceName = "courses"

// Name implements insight.Source.
func (s *Service) Name() string { return SourceName }

// Text tells in plain sentences and lines who took part in courses. It leaves the
// county, so counts below five are left out.
func (s *Service) Text(_ context.Context, words *lang.Printer) (string, error) {
	runs, err := s.Runs()
	if err != nil {
		return "", err
	}
	return Figures(runs, words, s), nil
}

// mostLines is how many courses a text names.
const mostLines = 10

// Figures is the text about some courses, "" while there is nothing to tell.
func Figures(runs []Run, words *lang.Printer, s *Service) string {
	totals := Total(runs, ByCourse, words, s.places)
	rows, sum := totals.Public()
	n := sum.Numbers
	if n[countRegistered] <= 0 {
		return ""
	}
	count := func(key string, number int64) string { return words.N(key, int(number)) }
	sentences := []string{words.T("course.text.sum", "Courses", count("course.courses", int64(sum.Courses)), "People", count("course.people", n[countRegistered]))}
	if n[countBusinesses] > 0 {
		sentences[0] = words.T("course.text.sumBusinesses", "Courses", count("course.courses", int64(sum.Courses)),
			"People", count("course.people", n[countRegistered]), "Businesses", count("insight.businesses", n[countBusinesses]))
	}
	switch {
	case n[countStarted] > 0 && n[countCompleted] > 0:
		sentences = append(sentences, words.T("course.text.both", "Started", words.Number(n[countStarted]), "Completed", words.Number(n[countCompleted])))
	case n[countStarted] > 0:
		sentences = append(sentences, words.T("course.text.started", "Started", words.Number(n[countStarted])))
	case n[countCompleted] > 0:
		sentences = append(sentences, words.T("course.text.completed", "Completed", words.Number(n[countCompleted])))
	}
	if sum.Credits > 0 {
		sentences = append(sentences, words.T("course.text.credits", "Credits", CreditsWord(words, sum.Credits)))
	}
	if score, answers := evaluation(runs); answers >= insight.LeastShown {
		sentences = append(sentences, words.T("course.text.score", "Score", ScoreText(words, score), "Answers", words.Number(answers)))
	}
	var lines []string
	for i := range rows {
		r := &rows[i]
		if r.Numbers[countRegistered] <= 0 || len(lines) == mostLines {
			continue
		}
		line := words.T("course.text.line", "Course", r.Name, "People", count("course.people", r.Numbers[countRegistered]))
		if r.Numbers[countCompleted] > 0 {
			line += words.T("course.text.lineCompleted", "Completed", words.Number(r.Numbers[countCompleted]))
		}
		lines = append(lines, line)
	}
	text := strings.Join(sentences, " ")
	if len(lines) > 0 {
		text += "\n\n" + strings.Join(lines, "\n")
	}
	return text
}

// evaluation is the mean score over all who answered, in hundredths, and how many
// they are. Cancelled courses are left out.
func evaluation(runs []Run) (score, answers int64) {
	for i := range runs {
		r := &runs[i]
		if r.Status == StatusCancelled || r.Score < LeastScore || r.Score > MostScore || r.Answers <= 0 {
			continue
		}
		score += r.Score * r.Answers
		answers += r.Answers
	}
	if answers == 0 {
		return 0, 0
	}
	return (score + answers/2) / answers, answers
}

// ScoreText is a mean of an evaluation with one decimal: "4,3".
func ScoreText(words *lang.Printer, hundredths int64) string {
	return CreditsWord(words, (hundredths+5)/10*10)
}
