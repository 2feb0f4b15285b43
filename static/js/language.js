// language
