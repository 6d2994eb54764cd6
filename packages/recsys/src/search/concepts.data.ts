/**
 * What people mean when they look for a film: a lexicon of genres, moods, settings and plots, with the everyday words
 * for each. Written by hand for this project. It is read in queries and in films' own texts alike, so
 * that "mobsters" and a film about "the Mafia" meet in one concept.
 */

interface Concept {
  readonly name: string;
  /** Concepts that it usually belongs to: who looks for vampires may like other horror. */
  readonly within: readonly string[];
  /** Words and phrases, in any inflection. */
  readonly phrases: readonly string[];
}

export const concepts: readonly Concept[] = [
  // Genres, in the words of MovieLens and in everybody's.
  concept(
    'action',
    [],
    'action, shootout, shoot out, explosion, fight, fighting, fighter, chase, car chase, stunt, adrenaline, blockbuster, commando, mercenary, bounty hunter, combat, swordfight, brawl',
  ),
  concept(
    'adventure',
    [],
    'adventure, quest, expedition, explorer, exploration, journey, voyage, treasure, treasure hunt, swashbuckler, swashbuckling, trek, jungle, uncharted, perilous, daring, odyssey, safari',
  ),
  concept(
    'animation',
    [],
    'animation, animated, cartoon, anime, hand drawn, stop motion, pixar, disney, claymation, computer animated, puppet animation, ghibli',
  ),
  concept(
    'children',
    [],
    "children, children's, childrens, kid, kids, family film, family movie, family friendly, toddler, for the whole family, bedtime, child friendly, little ones, nursery, for my daughter, for my son, grandchildren",
  ),
  concept(
    'comedy',
    [],
    'comedy, comedies, comic, funny, funniest, laugh, laughs, laughter, laughing, silly, humour, humor, humorous, hilarious, hilarity, joke, jokes, gag, goofy, amusing, wacky, witty, light hearted, lighthearted, cheer me up, screwball, prank, prankster, zany, nonsense, absurd, sitcom',
  ),
  concept(
    'crime',
    [],
    'crime, criminal, crook, robber, robbery, burglar, burglary, thief, thieves, theft, outlaw, felon, convict, underworld, smuggler, smuggling, pickpocket, kidnap, kidnapping, ransom, blackmail, con man, con artist, fraud, swindle, shoplift, shoplifter, illegal',
  ),
  concept(
    'documentary',
    [],
    'documentary, documentaries, non fiction, nonfiction, true life, real life footage, archive footage, archive images, interviews, cinema verite, fly on the wall, educational',
  ),
  concept('drama', [], 'drama, dramatic, melodrama, serious, character study, slice of life'),
  concept(
    'fantasy',
    [],
    'fantasy, magic, magical, wizard, witch, witchcraft, sorcerer, sorceress, sorcery, spell, enchanted, fairy, fairy tale, fairytale, dragon, elf, elves, dwarf, dwarves, hobbit, ogre, genie, myth, mythical, legend, unicorn, mermaid, goblin, troll, faun, prophecy, otherworldly, parallel world',
  ),
  concept(
    'film noir',
    ['crime'],
    'film noir, noir, femme fatale, hard boiled, hardboiled, private eye, fatalistic, shadowy',
  ),
  concept(
    'horror',
    [],
    'horror, scary, scariest, scare, scared, creepy, frightening, frighten, fright, terrifying, terrify, terror, spooky, eerie, nightmare, nightmarish, gory, gore, blood curdling, bloodcurdling, spine chilling, slasher, macabre, chilling, goosebumps, sinister, evil, haunted house, monster movie, cannibal, disturbing, halloween, jump scare',
  ),
  concept(
    'musical',
    [],
    'musical, musicals, song and dance, songs, singing, sing along, sung, broadway, showtune, show tunes, tap dance, operetta',
  ),
  concept(
    'mystery',
    [],
    'mystery, mysteries, mysterious, whodunit, whodunnit, who did it, unsolved, clue, clues, enigma, puzzle, riddle, disappearance, disappears, vanish, plot twist, twist ending, twisty, secret, secrets',
  ),
  concept(
    'romance',
    [],
    'romance, romantic, love, love story, love affair, in love, lover, lovers, sweetheart, falling in love, rom com, romcom, romantic comedy, date night, date movie, passion, passionate, courtship, kiss, kissing, flirt, infatuation, crush, soulmate, wooing, old flame',
  ),
  concept(
    'science fiction',
    [],
    'science fiction, sci fi, scifi, sf, futuristic, future, space, technology, technological, high tech, experiment, laboratory, mad scientist, hacker, cyberpunk, virtual reality, simulation, simulated, clone, cloned, cloning, mutant, teleport, dystopia, parallel universe, multiverse, cyborg, gene, genetic',
  ),
  concept(
    'thriller',
    [],
    'thriller, thrilling, thrill, suspense, suspenseful, tense, tension, edge of my seat, edge of your seat, gripping, nail biting, nailbiter, nerve racking, pulse pounding, cat and mouse, conspiracy, paranoia, paranoid, hunted, on the run, stalker, stalk, stalks, hostage, assassin, assassination, psychological thriller',
  ),
  concept(
    'war',
    [],
    'war, wars, wartime, soldier, soldiers, army, battle, battles, battlefield, battleship, combat, troops, military, trench, trenches, front line, frontline, platoon, squad, invasion, bomber, bombing, regiment, sergeant, lieutenant, colonel, veteran, partisan, resistance, occupation, armistice, guerrilla, navy, naval, marines, conscript, recruit, paratrooper, prisoner of war, air raid, evacuation',
  ),
  concept(
    'western',
    [],
    'western, westerns, cowboy, cowboys, cowgirl, gunslinger, gunfighter, gunman, gunmen, wild west, old west, spaghetti western, sheriff, marshal, saloon, frontier, posse, ranch, rancher, cattle, cattle drive, stagecoach, apache, comanche, lakota, native americans, tombstone, homesteader, prairie, gunfight, duel at noon, prospector, gold rush, horseback',
  ),

  // Of horror and the supernatural.
  concept(
    'ghosts',
    ['horror'],
    'ghost, ghosts, ghostly, haunted, haunting, haunt, haunts, spirit, spirits, poltergeist, phantom, apparition, seance, spectre, the afterlife, afterlife, sees the dead, see dead people, dead people, land of the dead, souls of the dead, beyond the grave',
  ),
  concept(
    'vampires',
    ['horror'],
    'vampire, vampires, dracula, nosferatu, bloodsucker, blood sucking, transylvania, transylvanian',
  ),
  concept('zombies', ['horror'], 'zombie, zombies, undead, living dead, walking dead, infected, infection, outbreak'),
  concept(
    'monsters',
    ['horror'],
    'monster, monsters, creature, creatures, beast, beastly, kaiju, frankenstein, godzilla, werewolf, giant insects, golem, shark',
  ),
  concept(
    'the devil',
    ['horror'],
    'devil, satan, satanic, demon, demons, demonic, possessed, possession, exorcism, exorcist, occult, hell, antichrist, pagan, cult',
  ),
  concept('witches', ['fantasy'], 'witch, witches, witchcraft, sorcery, coven, sorcerer, sorceress, black magic'),
  concept(
    'death',
    [],
    'death, dying, mortality, funeral, burial, bury, bereaved, bereavement, mourn, mourning, mourns, grief, grieving, terminal illness, terminally ill, cancer, widow, widower, widowed, suicide, afterlife, coffin, graveyard, cemetery',
  ),

  // Of science fiction.
  concept(
    'aliens',
    ['science fiction'],
    'alien, aliens, extraterrestrial, extra terrestrial, martian, martians, outer space visitors, visitor from space, ufo, ufos, flying saucer, flying saucers, first contact, little green men, close encounter, alien invasion, body snatchers',
  ),
  concept(
    'space travel',
    ['science fiction', 'adventure'],
    'outer space, space travel, spaceship, space ship, spaceships, astronaut, astronauts, space station, rocket, galaxy, planet, planets, starship, into space, to the moon, the moon, moon, mars, interstellar, cosmos, cosmic, space opera, orbit, distant world, another world, astronomer, astronomers, space mission, nasa',
  ),
  concept(
    'robots',
    ['science fiction'],
    'robot, robots, android, androids, artificial person, cyborg, machine, machines, automaton, replicant, artificial intelligence, talking computer, computer, supercomputer',
  ),
  concept(
    'time travel',
    ['science fiction'],
    'time travel, time traveller, time traveler, time machine, back in time, sent back, travels through time, from the future, time loop, same day again, same day, repeats the day, stranded in the past, different century',
  ),
  concept(
    'the end of the world',
    ['science fiction'],
    'apocalypse, apocalyptic, post apocalyptic, postapocalyptic, end of the world, doomsday, armageddon, after the bomb, dying earth, extinction, last people on earth, wasteland, nuclear war, collapse of civilisation, collapse of civilization, plague, epidemic, pandemic, disaster, catastrophe, after a nuclear war, survivors',
  ),
  concept(
    'dystopia',
    ['science fiction'],
    'dystopia, dystopian, totalitarian, big brother, surveillance, future society, oppressive state, police state',
  ),
  concept(
    'dinosaurs',
    ['adventure'],
    'dinosaur, dinosaurs, prehistoric, brontosaurus, tyrannosaurus, jurassic, cavemen, stone age',
  ),
  concept(
    'superheroes',
    ['action', 'fantasy'],
    'superhero, superheroes, super hero, super heroes, comic book, comic books, caped crusader, batman, superman, spider man, marvel, avengers, superpowers, super powers, psychic powers, masked avenger, masked hero',
  ),

  // Of crime and law.
  concept(
    'organised crime',
    ['crime'],
    'gangster, gangsters, mob, mobster, mobsters, mafia, mafioso, godfather, organised crime, organized crime, gangland, gang, gangs, triad, triads, yakuza, crime lord, crime boss, drug lord, cartel, cosa nostra, crime family, racketeer, prohibition, hoodlum, bootlegger, hitman, hitmen, gun for hire, hired killer',
  ),
  concept(
    'drugs',
    ['crime'],
    'drug, drugs, heroin, cocaine, addict, addiction, addicted, junkie, narcotics, opium, dealer, drug dealer, drug money, drug trade, substance abuse',
  ),
  concept(
    'heists',
    ['crime'],
    'heist, heists, caper, bank robbery, bank robber, bank robbers, rob a bank, bank job, robber, robbers, robbery, jewel robbery, jewel thief, jeweller, safecracker, break in, burglars, rob, robs, robbing, big score, last job, stick up, hold up, robberies',
  ),
  concept(
    'detectives',
    ['mystery', 'crime'],
    'detective, detectives, sleuth, sleuths, private eye, private investigator, private detective, investigator, investigation, investigate, inspector, sherlock, sherlock holmes, gumshoe, solving a crime, murder case, police detective, agatha christie, poirot',
  ),
  concept(
    'police',
    ['crime'],
    'police, policeman, policemen, policewoman, cop, cops, police officer, fbi, police chief, law enforcement, undercover, patrolman, deputy, dirty cop, crooked cop',
  ),
  concept(
    'murder',
    ['crime', 'thriller'],
    'murder, murders, murdered, murderer, murderers, murdering, homicide, kill, killer, killers, killing, killed, kills, slaying, assassin, bloodshed, strangler, poison, poisoned, massacre',
  ),
  concept(
    'serial killers',
    ['murder', 'horror'],
    'serial killer, serial killers, serial murderer, psychopath, psychopathic, sociopath, slasher, maniac, homicidal maniac, ripper, cannibal, psycho, deranged killer',
  ),
  concept(
    'prison',
    ['crime'],
    'prison, prisons, prisoner, prisoners, jail, jailed, jailbreak, prison break, prison escape, inmate, inmates, convict, convicts, behind bars, penitentiary, convicted, imprisoned, imprisonment, reformatory, prison camp, prison camps, death row, cell block, detained, break out of jail, wardens, captivity',
  ),
  concept(
    'escape',
    ['thriller'],
    'escape, escapes, escaped, escaping, getaway, break out, breakout, flee, flees, fleeing, flight, fugitive, fugitives, runaway, on the run, run away, runs away, tunnels, jailbreak',
  ),
  concept(
    'courts',
    ['drama'],
    'courtroom, courtroom drama, in court, court case, court battle, law court, on trial, is tried, trial, trials, lawyer, lawyers, attorney, jury, juror, jurors, judge, defend a, legal, legal drama, eyewitness, testimony, verdict, accused of murder, defends, defendant, prosecutor, magistrate, sue, sues, sued, tried for, lawsuit, testify, testifying, the case against, justice',
  ),
  concept(
    'revenge',
    ['thriller'],
    `revenge, vengeance, vengeful, avenge, avenger, retribution, vendetta, get even, payback, feud`,
  ),
  concept(
    'spies',
    ['thriller'],
    'spy, spies, spying, espionage, secret agent, secret agents, secret service, undercover agent, double agent, agent 007, 007, james bond, bond, cia, mi6, kgb, cold war, stasi, spy ring, intelligence officer, wiretap',
  ),

  // Of war, history and politics.
  concept(
    'the second world war',
    ['war'],
    'world war two, world war ii, world war 2, ww2, wwii, second world war, nazi, nazis, third reich, hitler, gestapo, german occupation, d day, normandy, pearl harbor, hiroshima, the blitz, warsaw uprising, dunkirk, stalingrad, french resistance, auschwitz, wehrmacht, occupied france',
  ),
  concept(
    'the first world war',
    ['war'],
    `world war one, world war i, world war 1, ww1, wwi, first world war, great war, trench warfare, trenches, the trenches, no man's land, western front, armistice`,
  ),
  concept(
    'the holocaust',
    ['the second world war'],
    'holocaust, shoah, genocide, auschwitz, concentration camp, concentration camps, death camp, death camps, extermination, persecution of the jews, crematoria, shelter jews, ghetto, antisemitism, anti semitism, jewish family, commandant',
  ),
  concept('jewish life', [], 'jewish, jew, jews, judaism, rabbi, shtetl, cantor, synagogue, yiddish, hebrew, kosher'),
  concept('vietnam', ['war'], 'vietnam, vietnam war, viet cong, saigon'),
  concept(
    'history',
    ['drama'],
    'history, historical, period drama, period piece, costume drama, medieval, middle ages, ancient, antiquity, renaissance, victorian, century, centuries, epic, colonial, empire, tsarist, aristocrat, aristocrats, duke, nobleman, noblewoman, emperor, true events',
  ),
  concept(
    'ancient rome',
    ['history'],
    'ancient rome, roman empire, romans, roman general, gladiator, gladiators, arena, toga, sword and sandal, caesar, chariot, chariot race, carthage, judea',
  ),
  concept(
    'politics',
    ['drama'],
    'politics, political, politician, politicians, president, senator, election, government, minister, prime minister, corruption, dictator, tyrant, tyranny, regime, fascist, fascism, communist, communism, revolution, revolutionary, uprising, revolt, rebellion, insurgents, propaganda, protest, activist, civil rights, apartheid',
  ),
  concept(
    'royalty',
    ['history'],
    'king, queen, prince, princess, royal, royalty, monarch, throne, crown, castle, palace, court intrigue, sultan, royal ball',
  ),
  concept(
    'knights',
    ['adventure', 'history'],
    'knight, knights, medieval, crusade, crusades, king arthur, camelot, chivalry, round table, castle, saxon',
  ),
  concept('samurai', ['action', 'history'], 'samurai, ronin, shogun, katana, swordsman, feudal japan, warlord, ninja'),
  concept(
    'martial arts',
    ['action'],
    'martial arts, martial art, kung fu, karate, shaolin, wuxia, sword fight, swordplay, legendary sword, judo, fighting tournament, hand to hand, bruce lee',
  ),
  concept(
    'racism',
    ['drama'],
    'racism, racist, race relations, racial, prejudice, bigot, bigoted, segregation, discrimination, black man, slavery, slave, slaves, freed slave, apartheid, civil rights, civil rights movement, minority, contempt',
  ),
  concept(
    'exile',
    ['drama'],
    'immigrant, immigrants, immigration, refugee, refugees, migrant, migration, exile, asylum seeker, emigrate, homeland, deportation, border, displaced',
  ),
  concept(
    'pirates and the sea',
    ['adventure'],
    'pirate, pirates, ship, ships, sea, seas, at sea, sailor, sailors, ocean, boat, captain, submarine, submarines, shipwreck, mutiny, naval, voyage, liner, ocean liner, sunken ship, barge, undersea, underwater, seafaring, sailing, island, desert island, castaway',
  ),

  // Of people and feelings.
  concept(
    'sadness',
    ['drama'],
    'sad, saddest, sadness, tear jerker, tearjerker, tears, cry, crying, weepy, weepie, heartbreaking, deeply moving, heartbreak, heartache, heart wrenching, bittersweet, melancholy, melancholic, tragic, tragedy, sorrow, unhappy, bleak, depressing, depression, emotional, poignant, doomed love, hopelessly in love, parted, bereaved, mourns, lost love, loss of a child, lost his wife, dying',
  ),
  concept(
    'warm heart',
    [],
    'feel good, feelgood, heartwarming, heart warming, uplifting, inspiring, inspirational, inspires, optimistic, hopeful, cheerful, charming, sweet, cosy, cozy, wholesome, kindness, good hearted, small miracles, miracle, comforting, life affirming, delightful',
  ),
  concept(
    'christmas',
    ['warm heart'],
    "christmas, santa, santa claus, xmas, holiday season, christmas eve, father christmas, yuletide, new year's eve, reindeer",
  ),
  concept(
    'families',
    ['drama'],
    'family, families, father, mother, parents, son, daughter, brother, brothers, sister, sisters, siblings, grandmother, grandfather, uncle, aunt, family ties, family drama, dysfunctional family, parenthood, adoption, adopted, orphan, household, stepmother, relatives, estranged',
  ),
  concept(
    'marriage',
    ['drama', 'romance'],
    'marriage, marry, married, wedding, weddings, bride, groom, husband, wife, wives, spouse, honeymoon, engagement, newlyweds, divorce, divorced, remarrying, bridesmaid, maid of honour, maid of honor, arranged marriage',
  ),
  concept(
    'affairs',
    ['romance', 'drama'],
    'affair, affairs, adultery, adulterous, infidelity, unfaithful, cheating, mistress, love triangle, seduce, seduced, seduction, philandering, philanderer, betrayal in love, forbidden love',
  ),
  concept(
    'gay love',
    ['romance', 'drama'],
    'gay, lesbian, lgbt, lgbtq, queer, homosexual, homosexuality, transgender, drag queen, drag performers, coming out, same sex',
  ),
  concept(
    'growing up',
    ['drama'],
    'coming of age, coming age, growing up, grow up, grows up, teenager, teenagers, teen, teenage, teens, adolescent, adolescents, adolescence, youth, puberty, school, schoolboy, schoolgirls, high school, pupil, pupils, boarding school, childhood, first love, boys, losing his virginity, come of age, boyhood, girlhood',
  ),
  concept(
    'school',
    ['growing up'],
    'school, schools, teacher, teachers, student, students, classroom, college, university, pupil, pupils, professor, campus, academy, academic, boarding school, detention, harvard, schoolboy, schoolgirl, schoolgirls, graduation',
  ),
  concept(
    'friendship',
    [],
    'friendship, friend, friends, buddy, buddies, buddy movie, best friend, companions, comrade, comrades, befriend, befriends, mates, camaraderie, loyalty',
  ),
  concept(
    'old age',
    ['drama'],
    'old age, elderly, ageing, aging, pensioner, retirement, retired, senior citizens, grandparents, old couple, old man, old woman, dementia, alzheimer, growing old, aged',
  ),
  concept(
    'loneliness',
    ['drama'],
    'lonely, loneliness, lonesome, isolation, isolated, alone, solitude, solitary, alienation, outsider, recluse, reclusive, hermit, misfit, loner, by himself, by herself',
  ),
  concept(
    'madness',
    ['drama', 'thriller'],
    'madness, mad, insane, insanity, mental illness, mental hospital, asylum, psychiatric, psychiatrist, psychologist, psychotic, hallucination, hallucinations, delusion, obsession, obsessed, nervous breakdown, schizophrenia, split personality, psychological, therapy, unstable, losing his mind, going crazy, amnesia, sleepwalker, hypnotist',
  ),
  concept(
    'dreams and memory',
    ['mystery'],
    'dream, dreams, dreamlike, daydream, daydreams, dreaming, memory, memories, amnesia, forget, forgotten past, subconscious, surreal, surrealism, surrealist, surrealistic, weird, bizarre, strange, trippy, hallucinatory, mind bending, mind bender, mindbending, mindfuck, psychedelic, unreal, experimental, avant garde, erase memory, hypnosis',
  ),
  concept(
    'faith',
    ['drama'],
    'religion, religious, faith, god, church, priest, priests, nun, nuns, convent, monk, monks, jesus, christ, messiah, christian, catholic, bible, biblical, clergymen, preacher, saint, pilgrimage, vows, missionary, spiritual, prayer, muslim, islam, koran, buddhist, devout, vicar, angel, heaven, heavenly',
  ),
  concept(
    'poverty',
    ['drama'],
    'poverty, poor, slum, slums, homeless, homelessness, hunger, hungry, starving, starvation, unemployed, unemployment, beggar, beggars, working class, tramp, vagrant, penniless, debt, down and out, hardship, destitute, street children, out of work, shantytown, favela, housing project',
  ),
  concept(
    'work and class',
    ['drama'],
    'labour, labor, strike, picket line, trade union, union bosses, factory, factories, miner, miners, coal miners, worker, workers, working class, class struggle, class differences, upper class, servant, servants, maid, housemaid, assembly line, boss, office, capitalism, rich and poor, wealthy, inequality, exploitation',
  ),
  concept(
    'women',
    [],
    `feminist, feminism, women's rights, female lead, heroine, strong women, strong woman, sisterhood, girl power, motherhood, women's lives, woman alone, matriarch`,
  ),
  concept(
    'illness',
    ['drama'],
    'illness, disease, hospital, doctor, doctors, nurse, surgeon, surgery, sick, patient, patients, medical, cancer, blindness, blind, disability, disabled, wheelchair, paralysed, paralyzed, deaf, mute, invalid, medicine, plague, coma, pregnant, abortion, pregnancy',
  ),

  // Of settings and pursuits.
  concept(
    'road trips',
    ['adventure'],
    'road trip, road movie, road movies, on the road, cross country, hitchhiker, hitchhiking, hitchhikes, road, highway, highways, biker, bikers, motorcycle, motorbike, driving across, weekend trip, travels across, travels with, bus trip',
  ),
  concept(
    'trains',
    [],
    'train, trains, railway, railroad, locomotive, express train, railway station, steam train, subway, tram',
  ),
  concept(
    'planes',
    [],
    'plane, planes, airplane, aeroplane, aircraft, pilot, pilots, flying, aviator, aviation, airport, fighter pilot, fighter pilots, airmen, flier, balloon, balloons, flight crew, hot air balloon, helicopter',
  ),
  concept(
    'cars',
    ['action'],
    'car, cars, racing, race car, car racing, car chase, driver, chauffeur, truck, trucks, lorry, taxi, cab, motor racing, formula one, grand prix',
  ),
  concept(
    'sports',
    [],
    'sport, sports, athlete, athletes, athletic, boxing, boxer, champion boxer, basketball, baseball, football, soccer, cricket, cricket match, tennis, olympics, olympic, wrestler, wrestling, coach, underdog team, championship, champion, tournament, cyclist, bowling, bowler, horse race, grand national, marathon, swimmer, ice hockey, surfing, golf, chess',
  ),
  concept(
    'music',
    ['musical'],
    'music, musician, musicians, singer, singers, band, bands, concert, concerts, rock and roll, rock band, rock star, pop star, jazz, jazz drummer, reggae, blues, opera, composer, composers, orchestra, piano, pianist, guitar, guitarist, violin, drummer, busker, beatles, rolling stones, bob dylan, conductor, conservatory, mozart, classical music, punk, hip hop, rap, sings, to sing, metal band',
  ),
  concept(
    'dance',
    ['musical'],
    'dance, dancing, dancer, dancers, ballet, ballerina, choreographer, tango, ballroom, chorus girl, tap dancer, flamenco',
  ),
  concept(
    'film making',
    [],
    'film making, filmmaking, filmmaker, filmmakers, making movies, movies about movies, films about films, film director, hollywood, movie star, film star, screenwriter, projectionist, cinema, film crew, cameraman, talkies, movie business, movie industry, behind the scenes, studio system',
  ),
  concept(
    'theatre',
    [],
    'theatre, theater, stage, actor, actors, actress, actresses, playwright, stage director, theatrical, broadway, troupe, mime, cabaret, performer, performers, shakespeare, shakespearean, opera, impresario, puppeteer, rehearsal',
  ),
  concept(
    'circus',
    [],
    'circus, clown, clowns, trapeze, trapeze artist, acrobat, carnival, fairground, sideshow, strongman, magician, tightrope, travelling show, freak show',
  ),
  concept(
    'art',
    [],
    'art, artist, artists, painter, painters, painting, paintings, sculptor, sculpture, portrait, portraits, museum, icons, muralist, photographer, photographers, photography, gallery, van gogh, picasso',
  ),
  concept(
    'writing',
    [],
    'writer, writers, writing, novelist, novel, author, poet, poets, poetry, verses, literature, literary, bookish, book, books, based on a book, letters, library, librarian, playwright, notebook',
  ),
  concept(
    'journalism',
    [],
    'journalist, journalists, journalism, reporter, reporters, newspaper, newspapers, press, newsman, newspaperman, editor, newsreader, news, media, tycoon, television company, gossip journalist, newsroom, investigative reporting, watergate',
  ),
  concept(
    'business',
    [],
    'business, businessman, company, corporation, wall street, finance, banker, stock market, entrepreneur, startup, website, salesman, executive, advertising, money, millionaire, billionaire, greed, greedy, fortune, inheritance, heirs, heiress, lottery, fund manager, oilman, oil, industrialist, motors',
  ),
  concept(
    'food',
    [],
    'food, cooking, cook, cooks, chef, chefs, restaurant, kitchen, dinner, feast, cuisine, noodle, noodles, gourmet, baking, eating, meal, butcher, chocolate, sweet maker, bakery, recipe, culinary',
  ),
  concept(
    'animals',
    [],
    'animal, animals, pet, pets, dog, dogs, puppies, puppy, cat, cats, horse, horses, bear, bears, wolf, wolves, rabbit, rabbits, mouse, mice, rat, rats, elephant, lion, tiger, leopard, panther, monkey, ape, apes, penguin, penguins, bird, birds, fish, clownfish, pig, piglet, sheep, donkey, hens, rooster, frog, deer, fox, bees, beekeeper, kestrel, kites, insects, whale, wildlife, zoo, kitten, pony, cub, hedgehog, goldfish, dolphin',
  ),
  concept(
    'talking animals',
    ['animals', 'children'],
    'talking animals, talking animal, animals that talk, talking apes, talking bear, talking dog, talking pig, cuddly animals, animal friends',
  ),
  concept(
    'toys',
    ['children'],
    'toy, toys, doll, dolls, puppet, puppets, teddy bear, muppets, muppet, lego, playthings, plaything',
  ),
  concept(
    'nature',
    [],
    'nature, wilderness, forest, woods, mountain, mountains, desert, river, outdoors, landscape, landscapes, environment, environmental, ecology, climate, arctic, antarctic, antarctica, snow, snowy, ice, blizzard, jungle, amazon, outback, igloo, inuit, survival, naturalist, rainforest, meadow',
  ),
  concept(
    'country life',
    [],
    'farm, farmer, farmers, village, villagers, villager, countryside, rural, peasant, peasants, harvest, shepherd, small town, country house, provincial, farmhouse',
  ),
  concept(
    'city nights',
    [],
    'night life, nightlife, nightclub, bar, party, parties, partying, cocktails, urban, metropolis, big city, neon, club',
  ),
  concept('japan', [], 'japan, japanese, tokyo, kyoto, kobe, osaka'),
  concept('france', [], 'france, french, paris, parisian, parisians, montmartre, marseille, lyon'),
  concept('italy', [], 'italy, italian, rome, sicily, sicilian, venice, milan, naples'),
  concept(
    'britain',
    [],
    'britain, british, england, english, london, scotland, scottish, yorkshire, edinburgh, wales, welsh, uk',
  ),
  concept('new york', [], 'new york, manhattan, brooklyn, harlem, bronx, broadway, coney island'),
  concept('india', [], 'india, indian, bollywood, delhi, bombay, mumbai, calcutta, bengal, bengali, hindi'),
  concept(
    'latin america',
    [],
    'mexico, mexican, brazil, brazilian, rio, argentina, buenos aires, latin america, south america, cuba, cuban, havana, peru, chile, colombia',
  ),
  concept(
    'africa',
    [],
    'africa, african, dakar, senegal, senegalese, mali, nigeria, kenya, algiers, algerian, johannesburg, south africa, congo, djibouti, morocco, moroccan, zambian',
  ),
  concept('russia', [], 'russia, russian, soviet, soviet union, moscow, ussr, tsarist, siberia, leningrad, odessa'),
  concept('germany', [], 'germany, german, germans, berlin, berliners, munich, hamburg'),
  concept('china', [], 'china, chinese, shanghai, peking, beijing, hong kong, taiwan, taipei, manchuria'),
  concept(
    'middle east',
    [],
    'iran, iranian, tehran, persia, israel, israeli, palestine, palestinian, lebanon, beirut, iraq, iraqi, middle east, arab, arabia, turkey, turkish, istanbul, afghanistan, riyadh',
  ),
  concept('australia', [], 'australia, australian, outback, aboriginal, new zealand, sydney, melbourne'),
];

function concept(name: string, within: readonly string[], phrases: string): Concept {
  return { name, within, phrases: phrases.split(', ') };
}
