/**
 * First and last names from many cultures, so that a population reads like people. Names repeat now
 * and then, as they do in life: an agent's identity is its id and never its name.
 */

export interface NamePool {
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly last: readonly string[];
}

function pool(female: string, male: string, last: string): NamePool {
  return { female: female.split(' '), male: male.split(' '), last: last.split(' ') };
}

export const NAME_POOLS: readonly NamePool[] = [
  pool(
    'Emma Olivia Charlotte Amelia Grace Hannah Abigail Ella Chloe Lucy Alice Ruby Evelyn Harriet Martha Rose Nora Eleanor',
    'Oliver George Arthur Henry Thomas William Jack Edward Samuel Benjamin Theodore Lewis Owen Daniel Joseph Simon Miles Walter',
    'Smith Taylor Walker Hughes Edwards Clarke Bennett Foster Harrison Marsh Holloway Whitfield Barker Doyle Fletcher Pryce Ashworth Kerr Sinclair Mercer Langley Thorne Hale Winslow',
  ),
  pool(
    'Sofía Lucía Valentina Camila Isabel Elena Carmen Ximena Paula Marisol Renata Julieta Alba Noelia Inés',
    'Mateo Santiago Diego Javier Alejandro Pablo Andrés Emilio Rafael Joaquín Tomás Hugo Martín Gael Ignacio',
    'García Rodríguez Fernández Morales Ortega Castillo Navarro Delgado Vargas Ríos Mendoza Salazar Ibarra Fuentes Cordero Paredes Quintana Escobar Lozano Villalobos',
  ),
  pool(
    'Camille Léa Manon Chloé Juliette Margaux Élise Clémence Anaïs Solène Capucine Océane',
    'Louis Gabriel Antoine Julien Étienne Mathieu Rémi Bastien Lucas Théo Maxime Quentin',
    'Dubois Lefèvre Moreau Girard Fontaine Rousseau Chevalier Marchand Lacroix Perrin Blanchard Delacroix Garnier Besson Vidal Colin',
  ),
  pool(
    'Lena Mia Johanna Greta Frieda Klara Annika Svenja Katharina Ute Heike Liesel',
    'Jonas Felix Lukas Moritz Matthias Stefan Jürgen Florian Tobias Anton Karl Henrik',
    'Müller Schneider Fischer Weber Wagner Becker Hoffmann Krüger Lehmann Vogel Brandt Seidel Kessler Lindner Baumann Adler',
  ),
  pool(
    'Giulia Chiara Francesca Martina Alessia Bianca Ginevra Caterina Serena Ilaria Beatrice Noemi',
    'Lorenzo Matteo Leonardo Alessandro Riccardo Davide Giacomo Pietro Enrico Salvatore Dario Nicola',
    'Rossi Esposito Bianchi Romano Ferrari Ricci Marino Greco Conti Gallo Lombardi Moretti Barbieri Fontana Santoro Caruso',
  ),
  pool(
    'Freja Astrid Ingrid Sigrid Maja Linnea Elin Saga Tuva Aino Helmi Signe',
    'Erik Lars Nils Magnus Anders Sven Oskar Emil Aksel Leif Mikko Eero',
    'Johansson Nilsson Lindqvist Bergström Hansen Dahl Haugen Nygaard Virtanen Korhonen Sørensen Holm Ekström Strand Laine Moen',
  ),
  pool(
    'Anastasia Ekaterina Olga Zofia Agnieszka Jana Milena Ivana Petra Oksana Daria Ludmila',
    'Dmitri Aleksei Ivan Jakub Piotr Tomasz Marek Milan Bogdan Nikola Andrij Vladislav',
    'Ivanov Kowalski Nowak Novák Petrov Sokolov Horvat Jovanović Kovač Shevchenko Dvořák Wiśniewski Zieliński Popescu Bondarenko Marković',
  ),
  pool(
    'Aylin Elif Zeynep Defne Yasemin Leyla Shirin Parisa Nasrin Roxana Darya Mahsa',
    'Emre Can Mehmet Kerem Burak Cyrus Farhad Kaveh Arash Reza Navid Omid',
    'Yılmaz Demir Kaya Şahin Aydın Öztürk Arslan Hosseini Ahmadi Karimi Moradi Rahimi Tehrani Farahani Koç Ansari',
  ),
  pool(
    'Layla Fatima Amira Noor Yasmin Salma Hala Rania Dina Zainab Mariam Samira',
    'Omar Youssef Karim Tariq Hassan Khalid Samir Nabil Ziad Rami Faisal Idris',
    'Haddad Khoury Mansour Nasser Saleh Farouk Hamdan Aziz Qasim Darwish Bishara Najjar Sabbagh Tahan Rahman Benali',
  ),
  pool(
    'Priya Ananya Aisha Kavya Meera Lakshmi Divya Nandini Ishita Pooja Sunita Tara',
    'Arjun Rohan Vikram Aditya Rahul Sanjay Kiran Nikhil Anil Dev Imran Harish',
    'Sharma Patel Iyer Reddy Nair Gupta Chatterjee Singh Mehta Desai Bose Kulkarni Menon Qureshi Perera Rao Banerjee Chowdhury',
  ),
  pool(
    'Mei Lin Xiu Jia Yan Hui Ling Fang Qian Wen Ying Zhen',
    'Wei Jun Hao Ming Lei Tao Feng Bo Jian Cheng Kai Yong',
    'Wang Li Zhang Chen Liu Huang Zhao Zhou Xu Sun Ma Zhu Gao Lin He Guo Luo Zheng Liang Tang',
  ),
  pool(
    'Yuki Sakura Haruka Aoi Misaki Keiko Naoko Emi Minji Seoyeon Hana Jiwoo',
    'Haruto Kenji Takashi Daiki Hiroshi Ren Satoshi Minho Jihoon Seojun Taeyang Akira',
    'Sato Suzuki Tanaka Watanabe Yamamoto Nakamura Kobayashi Mori Ishikawa Fujita Kim Lee Park Choi Jung Kang Yoon Hayashi',
  ),
  pool(
    'Linh Thuy Anh Siti Dewi Ayu Putri Malee Ploy Marisela Dalisay Liwayway',
    'Minh Tuan Duc Budi Agus Rizal Joko Somchai Anan Jomar Danilo Bayani',
    'Nguyen Tran Pham Le Hoang Santoso Wijaya Hidayat Saetang Chaiyasit Reyes Santos Dimaculangan Bautista Aquino Lim Tan Sukarno',
  ),
  pool(
    'Amina Ngozi Chiamaka Adaeze Folake Wanjiru Akinyi Nomvula Thandiwe Zanele Abena Efua',
    'Chidi Emeka Tunde Segun Kwame Kofi Juma Mwangi Otieno Sipho Thabo Lwazi',
    'Okafor Adeyemi Balogun Eze Nwosu Mensah Owusu Boateng Kamau Ochieng Njoroge Dlamini Nkosi Mokoena Abebe Tesfaye Diallo Traoré',
  ),
  pool(
    'Ana Beatriz Mariana Larissa Fernanda Luana Thaís Joana Catarina Leonor Yara Iracema',
    'João Pedro Gustavo Thiago Felipe Bruno Caio Vítor Duarte Gonçalo Raimundo Ubirajara',
    'Silva Oliveira Costa Pereira Carvalho Almeida Ribeiro Barbosa Cardoso Teixeira Monteiro Azevedo Nogueira Figueiredo Tavares Pinto',
  ),
  pool(
    'Leilani Moana Aroha Mere Hinewai Talia Noa Shira Tamar Yael Eleni Kalliope',
    'Kai Tane Wiremu Manaia Eitan Ari Yonatan Gideon Nikos Stavros Kostas Dimitris',
    'Kahale Ngata Parata Tamatea Latu Faleolo Cohen Levi Mizrahi Katz Papadopoulos Georgiou Nikolaidis Economou Nikolaou Peretz',
  ),
];
