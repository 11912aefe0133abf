"""Territory, communes, neighbourhoods, structures, venues and rooms, schools, care homes; their import and geometry."""
