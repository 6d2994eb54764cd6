/** The words personas are made of: traits, jobs by age, and what an interest is called. */

/** Character traits, after the kind RecAgent's profiles carry. */
export const TRAITS: readonly string[] =
  'practical empathetic fun-loving optimistic creative energetic analytical ambitious patient compassionate caring outgoing independent meticulous introspective adventurous curious sceptical witty easy-going stubborn shy generous impulsive thoughtful talkative romantic disciplined nostalgic playful sensitive down-to-earth'.split(
    ' ',
  );

const list = (words: string): readonly string[] => words.split(', ');

/** Jobs by the age at which people hold them. */
export const STATUSES: readonly { readonly upTo: number; readonly jobs: readonly string[] }[] = [
  { upTo: 18, jobs: list('pupil, secondary school student, apprentice') },
  {
    upTo: 25,
    jobs: list(
      'student, student of law, student of biology, barista, trainee nurse, shop assistant, apprentice electrician, courier, intern, game tester',
    ),
  },
  {
    upTo: 64,
    jobs: list(
      'teacher, nurse, engineer, accountant, carpenter, software developer, chef, farmer, writer, photographer, designer, lawyer, doctor, musician, entrepreneur, bus driver, scientist, electrician, librarian, journalist, architect, actor, police officer, translator, mechanic, homemaker, sales clerk, social worker, warehouse worker, civil servant, pharmacist, looking for work',
    ),
  },
];

/** What older people say they are. */
export const RETIRED: readonly string[] = list(
  'retired, retired teacher, retired engineer, retired nurse, volunteer, part-time gardener, retired shopkeeper',
);

/** What people call their liking for a genre; other genres are "<genre> movies". */
export const INTEREST_PHRASES: { readonly [genre: string]: string } = {
  Documentary: 'documentaries',
  Animation: 'animated movies',
  Children: 'family-friendly movies',
  "Children's": 'family-friendly movies',
  Romance: 'romantic movies',
  'Film-Noir': 'film noir',
  Musical: 'musicals',
  Western: 'westerns',
  Drama: 'dramas',
  Mystery: 'mysteries',
  Thriller: 'thrillers',
  Comedy: 'comedies',
};

/**
 * Which genres a word of an interest speaks of, lower case; a genre's own name always does.
 * A word that names no genre in particular ("classic") leans to the genres such films have.
 */
export const GENRE_WORDS: { readonly [word: string]: readonly string[] } = {
  romantic: ['romance'],
  romances: ['romance'],
  'science-fiction': ['sci-fi'],
  'science fiction': ['sci-fi'],
  scifi: ['sci-fi'],
  family: ['children', "children's", 'family', 'animation'],
  'family-friendly': ['children', "children's", 'family', 'animation'],
  kids: ['children', "children's", 'family'],
  animated: ['animation'],
  cartoons: ['animation'],
  documentaries: ['documentary'],
  comedies: ['comedy'],
  funny: ['comedy'],
  dramas: ['drama'],
  dramatic: ['drama'],
  thrillers: ['thriller'],
  suspense: ['thriller', 'mystery'],
  mysteries: ['mystery'],
  detective: ['mystery', 'crime'],
  musicals: ['musical'],
  music: ['musical'],
  westerns: ['western'],
  noir: ['film-noir'],
  'film noir': ['film-noir'],
  scary: ['horror'],
  historical: ['war', 'drama'],
  classic: ['film-noir', 'drama', 'musical'],
  classics: ['film-noir', 'drama', 'musical'],
  superhero: ['action', 'adventure'],
  'action-packed': ['action'],
};
